import { Stack, Text, Title } from "@mantine/core";
import { useMe } from "../sign-in/me.ts";
import { AuthenticatorApp } from "./authenticator-app.tsx";
import { ChangePassword } from "./change-password.tsx";
import { Passkeys } from "./passkeys.tsx";
import { SignedInPlaces } from "./signed-in-places.tsx";
import { TakeAccountBack } from "./take-account-back.tsx";

/** `/manage/account`: the member's own account. */
export function AccountPage() {
  const { name, email, tenantName } = useMe();
  return (
    <>
      <Title order={1} size="h2" mb="xs">
        Your account
      </Title>
      <Text mb="lg">
        {name} <span style={{ color: "var(--mantine-color-dimmed)" }}>{email}</span>, {tenantName}
      </Text>
      <Stack gap="lg">
        <SignedInPlaces />
        <Passkeys />
        <AuthenticatorApp />
        <ChangePassword />
        <TakeAccountBack />
      </Stack>
    </>
  );
}
