import { Button, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { Me } from "#protocol/http/sign-in.ts";
import { QueryProblem } from "./query-problem.tsx";
import { knowsPasskeys, showPasskey } from "./show-passkey.ts";

/** The way in by a passkey. Not there in a browser that knows none. */
export function PasskeySignIn({ onSignedIn }: { readonly onSignedIn: (me: Me) => void }) {
  const show = useMutation({
    mutationFn: showPasskey,
    onSuccess(me) {
      if (me !== null) onSignedIn(me);
    },
  });
  if (!knowsPasskeys()) return null;
  return (
    <Stack gap="xs">
      {show.isError ? <QueryProblem error={show.error} /> : null}
      <Button variant="default" loading={show.isPending} onClick={() => show.mutate()}>
        Use a passkey
      </Button>
      {show.data === null ? (
        <Text size="sm" role="status">
          No passkey was given. You add one on the page of your account once you are signed in.
        </Text>
      ) : null}
    </Stack>
  );
}
