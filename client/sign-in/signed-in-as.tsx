import { Button, Group, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { useMe } from "./me.ts";
import { queryClient } from "./query-client.ts";

/** Who is signed in, and the way out. Stands in the header of every console. */
export function SignedInAs() {
  const me = useMe();
  const navigate = useNavigate();
  const signOut = useMutation({
    mutationFn: async () => valueOf(await request(null, "POST", "/v1/sign-out")),
    async onSuccess() {
      await navigate("/sign-in", { replace: true });
      // Nothing that one member read stays for the next.
      queryClient.clear();
    },
  });
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="sm">
        {me.name} <span style={{ color: "var(--mantine-color-dimmed)" }}>· {me.tenantName}</span>
      </Text>
      <Button variant="default" size="xs" loading={signOut.isPending} onClick={() => signOut.mutate()}>
        {signOut.isError ? "Sign out (it did not work, try again)" : "Sign out"}
      </Button>
    </Group>
  );
}
