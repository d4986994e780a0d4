import { Button, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, useEffect, useRef, useState } from "react";
import { type Me, meSchema } from "#protocol/http/sign-in.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { problemIn } from "./me.ts";
import { QueryProblem } from "./query-problem.tsx";

type SecondStepProps = {
  readonly onSignedIn: (me: Me) => void;
  /** Back to address and password. */
  readonly onBack: () => void;
};

/** After the right password: asks for a code of the member's app, or for a recovery code. */
export function SecondStep({ onSignedIn, onBack }: SecondStepProps) {
  const [code, setCode] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const show = useMutation({
    mutationFn: async () => valueOf(await request(meSchema, "POST", "/v1/sign-in/second-factor", { code })),
    onSuccess: onSignedIn,
  });

  useEffect(() => {
    field.current?.focus();
  }, []);
  useEffect(() => {
    if (show.isError) field.current?.focus();
  }, [show.isError]);

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    setFault(code.trim() === "" ? "Enter the code that your app shows." : null);
    if (code.trim() === "") field.current?.focus();
    else show.mutate();
  }

  return (
    <form onSubmit={onSubmit} noValidate aria-labelledby="code-title">
      <Stack maw="26rem" mx="auto" gap="md">
        <Title order={1} id="code-title">
          Your code
        </Title>
        {show.isError ? <StepProblem error={show.error} /> : null}
        <TextInput
          ref={field}
          label="Code"
          description="The six digits that your authenticator app shows now. Without the app, enter one of your recovery codes."
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          value={code}
          error={fault}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" loading={show.isPending}>
          Sign in
        </Button>
        <Button variant="default" onClick={onBack}>
          Back
        </Button>
        <Text c="dimmed" size="sm">
          Neither at hand? An administrator of your institution can turn the app off for you.
        </Text>
      </Stack>
    </form>
  );
}

function StepProblem({ error }: { readonly error: unknown }) {
  if (problemIn(error)?.code !== "not-signed-in") return <QueryProblem error={error} />;
  return (
    <ProblemNotice title="That took longer than five minutes">Go back, and enter your password again.</ProblemNotice>
  );
}
