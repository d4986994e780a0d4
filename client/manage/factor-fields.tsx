import { PasswordInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Ref } from "react";
import { authenticatorSchema, type OwnFactors } from "#protocol/http/second-factor.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { keys } from "./api.ts";

/** Nothing typed yet. */
export const noFactors: OwnFactors = { password: "" };

type FactorFieldsProps = {
  readonly factors: OwnFactors;
  readonly onChange: (factors: OwnFactors) => void;
  readonly description?: string;
  readonly ref?: Ref<HTMLInputElement>;
};

/** Asks who is signed in for what they sign in with, once more: the password, and a code where they have an app. */
export function FactorFields({ factors, onChange, description, ref }: FactorFieldsProps) {
  const app = useQuery({
    queryKey: keys.authenticator,
    queryFn: async () => valueOf(await request(authenticatorSchema, "GET", "/v1/sign-in/authenticator")),
  });
  const hasApp = (app.data?.setAt ?? null) !== null;
  return (
    <>
      <PasswordInput
        ref={ref}
        label="Your password"
        description={description}
        autoComplete="current-password"
        required
        value={factors.password}
        visibilityToggleButtonProps={{ "aria-label": "Show or hide your password", tabIndex: 0 }}
        onChange={(event) => onChange({ ...factors, password: event.currentTarget.value })}
      />
      {hasApp ? (
        <TextInput
          label="Code"
          description="Of your app, or a recovery code."
          autoComplete="one-time-code"
          spellCheck={false}
          required
          value={factors.code ?? ""}
          onChange={(event) => onChange({ ...factors, code: event.currentTarget.value })}
        />
      ) : null}
    </>
  );
}
