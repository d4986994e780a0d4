import { Anchor, Button, Group, Stack, Table, Text, Title, VisuallyHidden } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { can, type Permission, permissions, permissionWords, presets, roles } from "#domain/access/permission.ts";
import type { CustomRole } from "#protocol/http/member.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { useMe } from "../sign-in/me.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { announce } from "../ui/announcer.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { count } from "../ui/format-duration.ts";
import { Loading } from "../ui/loading.tsx";
import { rereadMembers, useCustomRoles } from "./member-api.ts";
import { RoleForm } from "./role-form.tsx";
import { roleNames } from "./role-words.ts";

type Open = { readonly kind: "new" } | { readonly kind: "change" | "delete"; readonly role: CustomRole };

/** `/manage/roles`: what each role allows, and roles of the institution's own making. */
export function RolesPage() {
  const me = useMe();
  const custom = useCustomRoles();
  const mayManage = can(me, "manage-members");
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Group justify="space-between" mb="xs">
        <Title order={1} size="h2">
          Roles
        </Title>
        {mayManage ? <Button onClick={() => setOpen({ kind: "new" })}>New role</Button> : null}
      </Group>
      <Text mb="md">
        A member may do what any of their roles allows.{" "}
        <Anchor component={Link} to="/manage/members" underline="always">
          Go to the members
        </Anchor>
      </Text>
      {custom.data === undefined ? (
        custom.isError ? (
          <QueryProblem error={custom.error} onRetry={() => void custom.refetch()} />
        ) : (
          <Loading what="the roles" />
        )
      ) : (
        <>
          <RoleTable custom={custom.data} />
          {custom.data.length === 0 ? (
            <Text size="sm" c="dimmed" mt="sm">
              The first five are the same for every institution.{" "}
              {mayManage ? "If none of them fits somebody, make a role of your own." : null}
            </Text>
          ) : mayManage ? (
            <Stack gap="xs" mt="md">
              {custom.data.map((role) => (
                <Group key={role.roleId} gap="sm">
                  <Text>
                    <strong>{role.name}</strong>, held by {count(role.members, "member")}
                  </Text>
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={`Change ${role.name}`}
                    onClick={() => setOpen({ kind: "change", role })}
                  >
                    Change
                  </Button>
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={`Delete ${role.name}`}
                    onClick={() => setOpen({ kind: "delete", role })}
                  >
                    Delete…
                  </Button>
                </Group>
              ))}
            </Stack>
          ) : null}
        </>
      )}
      {open === null ? null : open.kind === "delete" ? (
        <DeleteRole role={open.role} onClose={close} />
      ) : (
        <RoleForm role={open.kind === "new" ? null : open.role} onClose={close} />
      )}
    </>
  );
}

function RoleTable({ custom }: { readonly custom: readonly CustomRole[] }) {
  const columns = [
    ...roles.map((role) => ({ key: role as string, name: roleNames[role], holds: presets[role] })),
    ...custom.map(({ roleId, name, permissions: holds }) => ({ key: roleId as string, name, holds })),
  ];
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table verticalSpacing={4} highlightOnHover withColumnBorders>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">What it allows</Table.Th>
            {columns.map(({ key, name }) => (
              <Table.Th key={key} scope="col" ta="center">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {permissions.map((permission) => (
            <Table.Tr key={permission}>
              <Table.Th scope="row" fw={400}>
                {permissionWords[permission]}
              </Table.Th>
              {columns.map(({ key, holds }) => (
                <Table.Td key={key} ta="center">
                  <Mark holds={holds} permission={permission} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Mark({ holds, permission }: { readonly holds: readonly Permission[]; readonly permission: Permission }) {
  const isHeld = holds.includes(permission);
  return (
    <>
      <span aria-hidden="true">{isHeld ? "✓" : ""}</span>
      <VisuallyHidden>{isHeld ? "yes" : "no"}</VisuallyHidden>
    </>
  );
}

function DeleteRole({ role, onClose }: { readonly role: CustomRole; readonly onClose: () => void }) {
  const remove = useMutation({
    mutationFn: async () => valueOf(await request(null, "DELETE", `/v1/roles/${role.roleId}`)),
    async onSuccess() {
      announce(`${role.name} is deleted.`);
      await rereadMembers();
      onClose();
    },
  });
  return (
    <Dialog
      title={`Delete ${role.name}?`}
      onDismiss={onClose}
      actions={
        <>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            Delete
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      {remove.isError ? <QueryProblem error={remove.error} /> : null}
      <Text>
        {role.members === 0
          ? "Nobody holds it."
          : `${count(role.members, "member")} will lose what only this role allows, at once.`}
      </Text>
    </Dialog>
  );
}
