import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type SignInEntry, signInListSchema } from "#protocol/http/sign-in-list.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { meKey } from "../sign-in/me.ts";
import { queryClient } from "../sign-in/query-client.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { announce } from "../ui/announcer.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { formatMoment } from "../ui/format-moment.ts";
import { Loading } from "../ui/loading.tsx";
import { keys } from "./api.ts";
import styles from "./manage.module.css";

/** In which browsers the member is signed in, and the way out of each and of all. */
export function SignedInPlaces() {
  const [isAsking, setIsAsking] = useState(false);
  const places = useQuery({
    queryKey: keys.signIns,
    queryFn: async () => valueOf(await request(signInListSchema, "GET", "/v1/sign-ins")).signIns,
  });
  const leave = useMutation({
    mutationFn: async ({ signInId }: SignInEntry) => valueOf(await request(null, "DELETE", `/v1/sign-ins/${signInId}`)),
    async onSettled() {
      await queryClient.invalidateQueries({ queryKey: keys.signIns });
    },
    onSuccess: () => announce("Signed out there."),
  });
  const leaveAll = useMutation({
    mutationFn: async () => valueOf(await request(null, "DELETE", "/v1/sign-ins")),
    onSuccess: () => queryClient.setQueryData(meKey, null),
  });
  if (places.data === undefined) {
    if (!places.isError) return <Loading what="where you are signed in" />;
    return <QueryProblem error={places.error} onRetry={() => void places.refetch()} />;
  }
  return (
    <section aria-labelledby="places-title" className={styles["card"]}>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h3" id="places-title">
          Where you are signed in
        </Title>
        <Button variant="default" onClick={() => setIsAsking(true)}>
          Sign out everywhere…
        </Button>
      </Group>
      <Text size="sm" mb="md">
        If you do not know one of these, sign out there and change your password. Live consoles that were opened there
        close at once.
      </Text>
      {leave.isError ? <QueryProblem error={leave.error} /> : null}
      <Stack component="ul" gap="md" p={0} m={0} style={{ listStyle: "none" }}>
        {places.data.map((entry) => (
          <Group component="li" key={entry.signInId} justify="space-between" wrap="nowrap">
            <div>
              <Text fw={600}>
                {entry.browser ?? "A browser that does not say its name"}
                {entry.isThis ? " · here" : ""}
              </Text>
              <Text size="sm" c="dimmed">
                {entry.place === null ? "" : `${entry.place}. `}
                Last used {formatMoment(entry.lastUsedAt)}. Signed in {formatMoment(entry.signedInAt)}.
              </Text>
            </div>
            {entry.isThis ? null : (
              <Button
                variant="default"
                size="xs"
                disabled={leave.isPending}
                aria-label={`Sign out there: ${entry.browser ?? "the browser"}, last used ${formatMoment(entry.lastUsedAt)}`}
                onClick={() => leave.mutate(entry)}
              >
                Sign out there
              </Button>
            )}
          </Group>
        ))}
      </Stack>
      {isAsking ? (
        <Dialog
          title="Sign out everywhere?"
          onDismiss={() => setIsAsking(false)}
          actions={
            <>
              <Button variant="default" onClick={() => setIsAsking(false)}>
                Stay signed in
              </Button>
              <Button loading={leaveAll.isPending} onClick={() => leaveAll.mutate()}>
                Sign out everywhere
              </Button>
            </>
          }
        >
          <p>Every browser is signed out, this one too, and every live console of yours closes.</p>
          {leaveAll.isError ? <QueryProblem error={leaveAll.error} /> : null}
        </Dialog>
      ) : null}
    </section>
  );
}
