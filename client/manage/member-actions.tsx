import { Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type Invitation, invitationSchema, type Member, memberSchema } from "#protocol/http/member.ts";
import { revokedSchema } from "#protocol/http/sign-in.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { useMe } from "../sign-in/me.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { announce } from "../ui/announcer.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { FreshForm } from "./fresh-form.tsx";
import { rereadMembers } from "./member-api.ts";
import { revokedWords } from "./revoked-words.ts";
import { MemberForm } from "./member-form.tsx";

type MemberActionsProps = { readonly member: Member; readonly onInvitation: (invitation: Invitation) => void };

/** What an administrator does with one member. */
export function MemberActions({ member, onInvitation }: MemberActionsProps) {
  const [open, setOpen] = useState<"change" | "way-in" | "remove" | null>(null);
  const { name, state } = member;
  if (state === "left") {
    return (
      <Text size="sm" c="dimmed">
        Invite the same address to have them back
      </Text>
    );
  }
  return (
    <Group gap="xs">
      <Button size="xs" variant="default" aria-label={`Change ${name}`} onClick={() => setOpen("change")}>
        Change
      </Button>
      <Button size="xs" variant="default" aria-label={`New way in for ${name}`} onClick={() => setOpen("way-in")}>
        New way in…
      </Button>
      <Button size="xs" variant="default" aria-label={`Remove ${name}`} onClick={() => setOpen("remove")}>
        Remove…
      </Button>
      {open === "change" ? (
        <FreshForm
          title={`Change ${name}`}
          schema={memberSchema}
          path={`/v1/members/${member.memberId}`}
          onClose={() => setOpen(null)}
        >
          {(seen, reread) => (
            <MemberForm
              before={{ ...seen, reread }}
              onClose={() => setOpen(null)}
              onDone={(changed) => {
                setOpen(null);
                announce(`${changed.name} is changed.`);
              }}
            />
          )}
        </FreshForm>
      ) : null}
      {open === "way-in" ? (
        <NewWayIn member={member} onInvitation={onInvitation} onClose={() => setOpen(null)} />
      ) : null}
      {open === "remove" ? <Remove member={member} onClose={() => setOpen(null)} /> : null}
    </Group>
  );
}

type NewWayInProps = MemberActionsProps & { readonly onClose: () => void };

function NewWayIn({ member, onInvitation, onClose }: NewWayInProps) {
  const path = `/v1/members/${member.memberId}`;
  const [isMailed, setIsMailed] = useState(true);
  const invite = useMutation({
    mutationFn: async () =>
      valueOf(await request(invitationSchema, "POST", `${path}/invitation`, { sendByEmail: isMailed })),
    onSuccess(invitation) {
      onInvitation(invitation);
      onClose();
    },
  });
  const reopen = useMutation({
    mutationFn: async () => valueOf(await request(null, "DELETE", `${path}/sign-in-failures`)),
    onSuccess() {
      announce(`The account of ${member.name} is open again.`);
      onClose();
    },
  });
  const bare = useMutation({
    mutationFn: async () => valueOf(await request(null, "DELETE", `${path}/second-factor`)),
    onSuccess() {
      announce(`${member.name} signs in with the password alone until they set up a new app or passkey.`);
      onClose();
    },
  });
  const revoke = useMutation({
    mutationFn: async () => valueOf(await request(revokedSchema, "POST", `${path}/revocation`)),
    onSuccess(revoked) {
      announce(`${member.name} is signed out everywhere. ${revokedWords(revoked)}`);
      onClose();
    },
  });
  return (
    <Dialog
      title={`A new way in for ${member.name}`}
      onDismiss={onClose}
      actions={
        <>
          <Button loading={invite.isPending} onClick={() => invite.mutate()}>
            Issue a link
          </Button>
          <Button variant="default" loading={reopen.isPending} onClick={() => reopen.mutate()}>
            Open the account again
          </Button>
          <Button variant="default" loading={bare.isPending} onClick={() => bare.mutate()}>
            Take off app and passkeys
          </Button>
          <Button variant="default" loading={revoke.isPending} onClick={() => revoke.mutate()}>
            Sign them out and revoke
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <Stack gap="sm">
        {revoke.isError ? <QueryProblem error={revoke.error} /> : null}
        {invite.isError ? <QueryProblem error={invite.error} /> : null}
        {reopen.isError ? <QueryProblem error={reopen.error} /> : null}
        {bare.isError ? <QueryProblem error={bare.error} /> : null}
        <Text>
          <strong>They lost the password, or were never here:</strong> issue a link by which they choose a new one.
          Links of before are void. As soon as they choose, they are signed out everywhere, and keys of the API and
          passkeys of before are good no more; an authenticator app stays.
        </Text>
        <Checkbox
          label={`Send the link to ${member.email}`}
          description="You see it here all the same."
          checked={isMailed}
          onChange={(event) => setIsMailed(event.currentTarget.checked)}
        />
        <Text>
          <strong>Somebody tried too many passwords:</strong> open the account again. The password stays as it is.
        </Text>
        <Text>
          <strong>They lost the phone or the key:</strong> take off the authenticator app, the recovery codes and the
          passkeys, and they are signed out everywhere. Make sure that it is them who ask.
        </Text>
        <Text>
          <strong>Somebody else is in their account:</strong> sign them out and revoke. Every sign-in, live session, key
          and passkey of theirs ends at once. Then issue a link.
        </Text>
      </Stack>
    </Dialog>
  );
}

function Remove({ member, onClose }: { readonly member: Member; readonly onClose: () => void }) {
  const me = useMe();
  const remove = useMutation({
    mutationFn: async () => valueOf(await request(null, "DELETE", `/v1/members/${member.memberId}`)),
    async onSuccess() {
      announce(`${member.name} is removed.`);
      await rereadMembers();
      onClose();
    },
  });
  return (
    <Dialog
      title={member.memberId === me.memberId ? "Remove yourself?" : `Remove ${member.name}?`}
      onDismiss={onClose}
      actions={
        <>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            Remove
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <Stack gap="sm">
        {remove.isError ? <QueryProblem error={remove.error} /> : null}
        <Text>
          At once they are signed out everywhere, their roles and assignments end, and sessions that they watch close.
          What they did stays in the audit under their name. You can invite them again later.
        </Text>
      </Stack>
    </Dialog>
  );
}
