import { Anchor, Button, Checkbox, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { Link } from "react-router";
import * as v from "valibot";
import { beyondOwn } from "#domain/access/give.ts";
import { presets, type Role, roles } from "#domain/access/permission.ts";
import type { RoleId } from "#domain/exam/ids.ts";
import {
  type Invitation,
  invitationSchema,
  type Member,
  memberSchema,
  newMemberSchema,
} from "#protocol/http/member.ts";
import { type Seen, valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { useMe } from "../sign-in/me.ts";
import { Dialog } from "../ui/dialog.tsx";
import { rereadMembers, useCustomRoles } from "./member-api.ts";
import { ReplaceProblem } from "./replace-problem.tsx";
import { roleNames, roleWords } from "./role-words.ts";

type MemberFormProps = {
  /** Null: somebody new. */
  readonly before: (Seen<Member> & { readonly reread: () => void }) | null;
  readonly onClose: () => void;
  /** `invitation` where somebody was invited. */
  readonly onDone: (member: Member, invitation: Invitation | null) => void;
};

/** Who somebody is and what they may do. */
export function MemberForm({ before, onClose, onDone }: MemberFormProps) {
  const member = before?.value ?? null;
  const custom = useCustomRoles();
  const [name, setName] = useState(member?.name ?? "");
  const [email, setEmail] = useState(member?.email ?? "");
  const me = useMe();
  const had = { roles: member?.roles ?? [], own: member?.customRoles.map(({ roleId }) => roleId) ?? [] };
  const [held, setHeld] = useState<readonly Role[]>(had.roles);
  const [own, setOwn] = useState<readonly RoleId[]>(had.own);
  const [isMailed, setIsMailed] = useState(true);
  const [isTried, setIsTried] = useState(false);
  const wanted = { name: name.trim(), roles: [...held], customRoleIds: [...own] };
  const faults = {
    name: wanted.name === "" ? "Enter a name." : null,
    email:
      member !== null || v.is(newMemberSchema.entries.email, email)
        ? null
        : "Enter a whole email address, for example lin@school.example.",
  };
  const save = useMutation({
    mutationFn: async () => {
      if (member === null) {
        const invitation = valueOf(
          await request(invitationSchema, "POST", "/v1/members", {
            ...wanted,
            email: email.trim(),
            sendByEmail: isMailed,
          }),
        );
        return { saved: invitation.member, invitation };
      }
      const path = `/v1/members/${member.memberId}`;
      return {
        saved: valueOf(await request(memberSchema, "PUT", path, wanted, undefined, before?.etag)),
        invitation: null,
      };
    },
    async onSuccess({ saved, invitation }) {
      await rereadMembers();
      onDone(saved, invitation);
    },
  });

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    setIsTried(true);
    if (faults.name !== null) document.getElementById("member-name")?.focus();
    else if (faults.email !== null) document.getElementById("member-email")?.focus();
    else save.mutate();
  }

  return (
    <Dialog
      title={member === null ? "Invite a member" : `Change ${member.name}`}
      onDismiss={onClose}
      actions={
        <>
          <Button type="submit" form="member-form" loading={save.isPending}>
            {member === null ? "Invite" : "Save"}
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <form id="member-form" onSubmit={onSubmit} noValidate>
        <Stack gap="md">
          {save.isError ? <ReplaceProblem error={save.error} onReread={() => before?.reread()} /> : null}
          <TextInput
            id="member-name"
            label="Name"
            value={name}
            error={isTried ? faults.name : null}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {member === null ? (
            <TextInput
              id="member-email"
              label="Email address"
              description="They sign in with it."
              type="email"
              value={email}
              error={isTried ? faults.email : null}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
          ) : null}
          <Checkbox.Group
            label="Roles"
            description="You can give what you may do yourself."
            value={[...held]}
            onChange={(value) => setHeld(roles.filter((role) => value.includes(role)))}
          >
            <Stack gap="xs" mt="xs">
              {roles.map((role) => (
                <Checkbox
                  key={role}
                  value={role}
                  label={roleNames[role]}
                  description={roleWords[role]}
                  disabled={!had.roles.includes(role) && beyondOwn(me.permissions, presets[role]).length > 0}
                />
              ))}
            </Stack>
          </Checkbox.Group>
          {custom.data === undefined || custom.data.length === 0 ? null : (
            <Checkbox.Group label="Your own roles" value={[...own]} onChange={(value) => setOwn(value)}>
              <Stack gap="xs" mt="xs">
                {custom.data.map(({ roleId, name: roleName, permissions }) => (
                  <Checkbox
                    key={roleId}
                    value={roleId}
                    label={roleName}
                    disabled={!had.own.includes(roleId) && beyondOwn(me.permissions, permissions).length > 0}
                  />
                ))}
              </Stack>
            </Checkbox.Group>
          )}
          {member === null ? (
            <Checkbox
              label="Send them the link by email"
              description="You see it here all the same."
              checked={isMailed}
              onChange={(event) => setIsMailed(event.currentTarget.checked)}
            />
          ) : null}
          <Anchor component={Link} to="/manage/roles" underline="always" size="sm">
            What each role allows
          </Anchor>
        </Stack>
      </form>
    </Dialog>
  );
}
