import { Button, Checkbox, Select, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useId, useState } from "react";
import { type Permission, permissionWords } from "#domain/access/permission.ts";
import type { IssuedKey } from "#protocol/http/api-key.ts";
import { useMe } from "../sign-in/me.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useMakeKey } from "./keys-api.ts";

type NewKeyDialogProps = { readonly onMade: (key: IssuedKey) => void; readonly onClose: () => void };

const dayMs = 24 * 60 * 60_000;
const lifetimes = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "A year" },
];

/** Asks what a new key is for, what it may do and for how long. */
export function NewKeyDialog({ onMade, onClose }: NewKeyDialogProps) {
  const { permissions } = useMe();
  const formId = useId();
  const make = useMakeKey();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly Permission[]>([]);
  const [days, setDays] = useState("90");
  const [isChecked, setIsChecked] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    setIsChecked(true);
    if (name.trim() === "" || scopes.length === 0) return;
    const expiresAt = Date.now() + Number(days) * dayMs;
    make.mutate({ name: name.trim(), scopes: [...scopes], expiresAt }, { onSuccess: onMade });
  }

  return (
    <Dialog
      title="Make a key"
      onDismiss={onClose}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" form={formId} loading={make.isPending}>
            Make the key
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            label="What it is for"
            placeholder="Timetable"
            description="So that you know later which program has it."
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={isChecked && name.trim() === "" ? "Say which program it is for." : null}
          />
          <Checkbox.Group
            label="What it may do"
            description="As little as its program needs. It never does more than you may do yourself."
            value={[...scopes]}
            onChange={(chosen) => setScopes(permissions.filter((permission) => chosen.includes(permission)))}
            error={isChecked && scopes.length === 0 ? "Choose at least one." : null}
          >
            <Stack gap="xs" mt="xs" mb="xs">
              {permissions.map((permission) => (
                <Checkbox key={permission} value={permission} label={permissionWords[permission]} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Select
            label="For how long"
            data={lifetimes}
            value={days}
            onChange={(value) => setDays(value ?? "90")}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
          />
          <Text size="sm">It also stops when you leave the institution.</Text>
          {make.isError ? <QueryProblem error={make.error} /> : null}
        </Stack>
      </form>
    </Dialog>
  );
}
