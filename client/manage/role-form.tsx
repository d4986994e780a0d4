import { Button, Checkbox, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { newBeyondOwn } from "#domain/access/give.ts";
import { type Permission, permissions, permissionWords } from "#domain/access/permission.ts";
import { type CustomRole, customRoleSchema } from "#protocol/http/member.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { useMe } from "../sign-in/me.ts";
import { announce } from "../ui/announcer.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { rereadMembers } from "./member-api.ts";

type RoleFormProps = {
  /** Null: a new one. */
  readonly role: CustomRole | null;
  readonly onClose: () => void;
};

/** A role's name and what it allows. */
export function RoleForm({ role, onClose }: RoleFormProps) {
  const me = useMe();
  const [name, setName] = useState(role?.name ?? "");
  const [held, setHeld] = useState<readonly Permission[]>(role?.permissions ?? []);
  const [isTried, setIsTried] = useState(false);
  const faults = {
    name: name.trim() === "" ? "Enter a name, for example “Registrar”." : null,
    held: held.length === 0 ? "Choose at least one." : null,
  };
  const save = useMutation({
    mutationFn: async () => {
      const wanted = { name: name.trim(), permissions: [...held] };
      return valueOf(
        role === null
          ? await request(customRoleSchema, "POST", "/v1/roles", wanted)
          : await request(customRoleSchema, "PUT", `/v1/roles/${role.roleId}`, { ...wanted, revision: role.revision }),
      );
    },
    async onSuccess(saved) {
      announce(`${saved.name} is saved.`);
      await rereadMembers();
      onClose();
    },
  });

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    setIsTried(true);
    if (faults.name !== null) document.getElementById("role-name")?.focus();
    else if (faults.held === null) save.mutate();
  }

  return (
    <Dialog
      title={role === null ? "New role" : `Change ${role.name}`}
      onDismiss={onClose}
      actions={
        <>
          <Button type="submit" form="role-form" loading={save.isPending}>
            Save
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <form id="role-form" onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          {save.isError ? <QueryProblem error={save.error} /> : null}
          <TextInput
            id="role-name"
            label="Name"
            value={name}
            error={isTried ? faults.name : null}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Checkbox.Group
            label="Who has it may"
            description="You can give what you may do yourself."
            value={[...held]}
            error={isTried ? faults.held : null}
            onChange={(value) => setHeld(permissions.filter((permission) => value.includes(permission)))}
          >
            <Stack gap={6} mt="xs">
              {permissions.map((permission) => (
                <Checkbox
                  key={permission}
                  value={permission}
                  label={permissionWords[permission]}
                  disabled={newBeyondOwn(me.permissions, role?.permissions ?? [], [permission]).length > 0}
                />
              ))}
            </Stack>
          </Checkbox.Group>
        </Stack>
      </form>
    </Dialog>
  );
}
