import { Anchor, Button, Group, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "react-router";
import { renewSignIn } from "../http/renew-sign-in.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { useMe } from "./me.ts";
import { queryClient } from "./query-client.ts";

/** Who is signed in, and the way out. Stands in the header of every console. */
export function SignedInAs() {
  const me = useMe();
  const navigate = useNavigate();
  const signOut = useMutation({
    async mutationFn() {
      // What signs out has to say which sign-in it is, and its token may have ended while the page stood.
      await renewSignIn();
      return valueOf(await request(null, "POST", "/v1/sign-out"));
    },
    async onSuccess() {
      await navigate("/sign-in", { replace: true });
      // Nothing that one member read stays for the next.
      queryClient.clear();
    },
  });
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="sm">
        <Anchor component={Link} to="/manage/account" underline="always" inherit>
          {me.name}
        </Anchor>{" "}
        <span style={{ color: "var(--mantine-color-dimmed)" }}>· {me.tenantName}</span>
      </Text>
      <Button variant="default" size="xs" loading={signOut.isPending} onClick={() => signOut.mutate()}>
        {signOut.isError ? "Sign out (it did not work, try again)" : "Sign out"}
      </Button>
    </Group>
  );
}
