import { Button, Group, NativeSelect, Stack, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { MemberId } from "#domain/exam/ids.ts";
import { type Sitting, sittingSchema } from "#protocol/http/sitting.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { queryClient } from "../sign-in/query-client.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { announce } from "../ui/announcer.tsx";
import { keys, useProctors } from "./api.ts";
import styles from "./manage.module.css";

type ProctorsProps = { readonly sitting: Sitting; readonly mayRun: boolean };

/** Who watches the sitting. An assignment can be taken back at once, so it asks no question. */
export function Proctors({ sitting, mayRun }: ProctorsProps) {
  const all = useProctors(mayRun);
  const [chosen, setChosen] = useState<string | null>(null);
  const assigned = sitting.proctors;
  const free = all.data?.filter(({ memberId }) => assigned.every((one) => one.memberId !== memberId)) ?? [];
  const next = free.find(({ memberId }) => memberId === chosen) ?? free[0];

  const assign = useMutation({
    mutationFn: async (memberIds: readonly MemberId[]) =>
      valueOf(await request(sittingSchema, "PUT", `/v1/sittings/${sitting.id}/proctors`, { memberIds })),
    onSuccess(changed) {
      queryClient.setQueryData(keys.sitting(sitting.id), changed);
      announce("The proctors are changed.");
    },
  });
  const ids = assigned.map(({ memberId }) => memberId);

  return (
    <section aria-labelledby="proctors-title" className={styles["card"]}>
      <Title order={2} size="h3" id="proctors-title" mb="xs">
        Proctors
      </Title>
      {assigned.length === 0 ? (
        <Text c="dimmed" mb="sm">
          Nobody yet. Candidates are let in by a proctor: assign at least one before the sitting opens.
        </Text>
      ) : (
        <Stack component="ul" gap="xs" p={0} m={0} mb="sm" style={{ listStyle: "none" }}>
          {assigned.map(({ memberId, name, email }) => (
            <Group component="li" key={memberId} gap="sm">
              <span>
                {name} <span style={{ color: "var(--mantine-color-dimmed)" }}>{email}</span>
              </span>
              {mayRun ? (
                <Button
                  size="xs"
                  variant="default"
                  disabled={assign.isPending}
                  aria-label={`Remove ${name} from this sitting`}
                  onClick={() => assign.mutate(ids.filter((id) => id !== memberId))}
                >
                  Remove
                </Button>
              ) : null}
            </Group>
          ))}
        </Stack>
      )}
      {assign.isError ? <QueryProblem error={assign.error} /> : null}
      {all.isError ? <QueryProblem error={all.error} onRetry={() => void all.refetch()} /> : null}
      {next === undefined ? (
        mayRun && all.data?.length === 0 ? (
          <Text>No member has the role of a proctor.</Text>
        ) : null
      ) : (
        <Group align="flex-end" gap="sm">
          <NativeSelect
            label="Add a proctor"
            value={next.memberId}
            data={free.map(({ memberId, name, email }) => ({ value: memberId, label: `${name} (${email})` }))}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
          <Button variant="default" loading={assign.isPending} onClick={() => assign.mutate([...ids, next.memberId])}>
            Assign
          </Button>
        </Group>
      )}
    </section>
  );
}
