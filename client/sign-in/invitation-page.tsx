import "../ui/console-styles.css";
import { Anchor, Button, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { QueryClientProvider, useMutation, useQuery } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { Link, useLocation } from "react-router";
import { invitedSchema } from "#protocol/http/member.ts";
import { type Revoked, revokedSchema } from "#protocol/http/sign-in.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { Loading } from "../ui/loading.tsx";
import { PageFrame } from "../ui/page-frame.tsx";
import { passwordAdvice, passwordFaultWords } from "./password-words.ts";
import { problemIn } from "./me.ts";
import { queryClient } from "./query-client.ts";
import { QueryProblem } from "./query-problem.tsx";

/** `/invitation#token`: who was invited chooses a password, and signs in with it. */
export function InvitationPage() {
  return (
    <QueryClientProvider client={queryClient}>
      <PageFrame title="Invitation">
        <Invitation />
      </PageFrame>
    </QueryClientProvider>
  );
}

function Invitation() {
  const token = useLocation().hash.slice(1);
  const [done, setDone] = useState<Revoked | null>(null);
  const invited = useQuery({
    queryKey: ["invitation", token],
    queryFn: async () => valueOf(await request(invitedSchema, "POST", "/v1/invitations/read", { token })),
    retry: false,
    enabled: done === null,
  });
  if (done !== null) {
    return (
      <Stack maw="26rem" mx="auto" gap="md">
        <Title order={1}>Your password is set</Title>
        <Text>Sign in with it and your email address from now on.</Text>
        {done.signIns + done.keys + done.passkeys === 0 ? null : (
          <Text>
            Everywhere you were signed in you are signed out, and keys of the API and passkeys of before are good no
            more. An authenticator app goes on as it is.
          </Text>
        )}
        <Button component={Link} to="/sign-in" style={{ alignSelf: "start" }}>
          Go to sign in
        </Button>
      </Stack>
    );
  }
  if (invited.data !== undefined) {
    return <ChoosePassword token={token} {...invited.data} onDone={setDone} />;
  }
  if (!invited.isError) return <Loading what="the invitation" />;
  const code = problemIn(invited.error)?.code;
  if (code !== "not-found" && code !== "link-expired" && code !== "bad-request") {
    return <QueryProblem error={invited.error} onRetry={() => void invited.refetch()} />;
  }
  return (
    <EmptyState title={code === "link-expired" ? "This invitation is over" : "This invitation is not good any more"}>
      It works once, for a week, and a newer one takes its place. If you have chosen a password already,{" "}
      <Anchor component={Link} to="/sign-in" underline="always">
        sign in
      </Anchor>
      . Otherwise ask an administrator of your institution for a new one.
    </EmptyState>
  );
}

type ChoosePasswordProps = {
  readonly token: string;
  readonly name: string;
  readonly email: string;
  readonly tenantName: string;
  readonly onDone: (revoked: Revoked) => void;
};

function ChoosePassword({ token, name, email, tenantName, onDone }: ChoosePasswordProps) {
  const [password, setPassword] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const accept = useMutation({
    mutationFn: async () =>
      valueOf(await request(revokedSchema, "POST", "/v1/invitations/accept", { token, password })),
    onSuccess: onDone,
  });

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const found = passwordFaultWords(password, email);
    setFault(found);
    if (found === null) accept.mutate();
    else document.getElementById("invitation-password")?.focus();
  }

  return (
    <form onSubmit={onSubmit} noValidate aria-labelledby="invitation-title">
      <Stack maw="26rem" mx="auto" gap="md">
        <Title order={1} id="invitation-title">
          Choose your password
        </Title>
        <Text>
          {name}, you are invited to {tenantName}. You will sign in as <strong>{email}</strong>.
        </Text>
        {accept.isError ? <QueryProblem error={accept.error} /> : null}
        <input type="hidden" autoComplete="username" value={email} readOnly />
        <PasswordInput
          id="invitation-password"
          label="Password"
          description={passwordAdvice}
          autoComplete="new-password"
          value={password}
          error={fault}
          visibilityToggleButtonProps={{ "aria-label": "Show or hide the password", tabIndex: 0 }}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={accept.isPending} style={{ alignSelf: "start" }}>
          Set the password
        </Button>
      </Stack>
    </form>
  );
}
