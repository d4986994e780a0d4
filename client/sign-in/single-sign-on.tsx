import { Box, Button, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, useEffect, useRef, useState } from "react";
import { singleSignOnAddressSchema, type SingleSignOnProblem } from "#protocol/http/single-sign-on.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { QueryProblem } from "./query-problem.tsx";

const begin = "/v1/sign-in/single-sign-on";

/** The way in by the institution's own provider: asks which institution, and goes there. */
export function SingleSignOn() {
  const [isOpen, setIsOpen] = useState(false);
  const [institution, setInstitution] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const go = useMutation({
    mutationFn: async () =>
      valueOf(
        await request(singleSignOnAddressSchema, "POST", begin, { institution: institution.trim().toLowerCase() }),
      ),
    onSuccess: ({ address }) => window.location.assign(address),
  });
  useEffect(() => {
    if (isOpen) field.current?.focus();
  }, [isOpen]);

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    go.mutate();
  }

  if (!isOpen) {
    return (
      <Box maw="26rem" mx="auto" mt="md">
        <Button variant="default" fullWidth onClick={() => setIsOpen(true)}>
          Use your institution's account
        </Button>
      </Box>
    );
  }
  return (
    <form onSubmit={onSubmit} aria-label="Use your institution's account">
      <Stack maw="26rem" mx="auto" mt="md" gap="md">
        {go.isError ? <QueryProblem error={go.error} /> : null}
        <TextInput
          ref={field}
          label="Your institution's short name"
          description="Ask an administrator if you do not know it. You are sent to your institution's own page."
          autoCapitalize="none"
          spellCheck={false}
          required
          value={institution}
          onChange={(event) => setInstitution(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={go.isPending || go.isSuccess}>
          Go there
        </Button>
      </Stack>
    </form>
  );
}

const faults: Readonly<Record<SingleSignOnProblem, { readonly title: string; readonly whatToDo: string }>> = {
  "sso-failed": {
    title: "Signing in with your institution's account did not work",
    whatToDo:
      "Try again. If it goes on, your institution's sign-in may be set up differently than it was: tell an administrator.",
  },
  "sso-refused": {
    title: "Your institution's sign-in was broken off",
    whatToDo: "Try again, or sign in another way.",
  },
  "sso-too-often": {
    title: "Too many people signed in this way at once",
    whatToDo: "Wait a few minutes and try again, or sign in with your password or a passkey.",
  },
  "sso-no-member": {
    title: "This account belongs to no member here",
    whatToDo: "Ask an administrator of your institution to invite you with the address that this account has.",
  },
};

/** Why somebody is back from the provider and not signed in. `code` is what the address says, which anybody can write. */
export function SingleSignOnFault({ code }: { readonly code: string | null }) {
  const fault = code !== null && Object.hasOwn(faults, code) ? faults[code as SingleSignOnProblem] : null;
  if (fault === null) return null;
  return (
    <Box maw="26rem" mx="auto" mb="lg">
      <ProblemNotice title={fault.title}>{fault.whatToDo}</ProblemNotice>
    </Box>
  );
}
