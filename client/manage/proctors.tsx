import { Button, Group, NativeSelect, Stack, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { MemberId } from "#domain/exam/ids.ts";
import { type AssignProctors, type Sitting, sittingSchema } from "#protocol/http/sitting.ts";
import { seenOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { queryClient } from "../sign-in/query-client.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { announce } from "../ui/announcer.tsx";
import { roomName } from "../ui/room-words.ts";
import { keys, useProctors } from "./api.ts";
import styles from "./manage.module.css";
import { assignmentsOf, type ProctorPlace, withoutProctor, withoutRoom, withPlace } from "./proctor-places.ts";
import { ReplaceProblem } from "./replace-problem.tsx";

type ProctorsProps = { readonly sitting: Sitting; readonly etag: string | undefined; readonly mayRun: boolean };

/** Who watches the sitting, all of it or some of its rooms. An assignment can be taken back at once, so it asks nothing. */
export function Proctors({ sitting, etag, mayRun }: ProctorsProps) {
  const all = useProctors(mayRun);
  const { rooms, proctors: assigned } = sitting;
  const now = assignmentsOf(sitting);
  const assign = useMutation({
    mutationFn: async (wanted: AssignProctors) =>
      seenOf(await request(sittingSchema, "PUT", `/v1/sittings/${sitting.id}/proctors`, wanted, undefined, etag)),
    onSuccess(changed) {
      queryClient.setQueryData(keys.sitting(sitting.id), changed);
      announce("The proctors are changed.");
    },
  });

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
          {assigned.map(({ memberId, name, email, isLead, examSessionIds }) => (
            <Group component="li" key={memberId} gap="sm">
              <span>
                {name} <span style={{ color: "var(--mantine-color-dimmed)" }}>{email}</span>
              </span>
              {rooms.length === 1 ? null : isLead ? (
                <Text size="sm">All rooms</Text>
              ) : (
                rooms
                  .filter(({ examSessionId }) => examSessionIds.includes(examSessionId))
                  .map(({ examSessionId, number }) =>
                    mayRun && examSessionIds.length > 1 ? (
                      <Button
                        key={examSessionId}
                        size="compact-sm"
                        variant="default"
                        disabled={assign.isPending}
                        aria-label={`Remove ${name} from ${roomName(number)}`}
                        onClick={() => assign.mutate(withoutRoom(now, memberId, examSessionId))}
                      >
                        {roomName(number)} ✕
                      </Button>
                    ) : (
                      <Text key={examSessionId} size="sm">
                        {roomName(number)}
                      </Text>
                    ),
                  )
              )}
              {mayRun ? (
                <Button
                  size="xs"
                  variant="default"
                  disabled={assign.isPending}
                  aria-label={`Remove ${name} from this sitting`}
                  onClick={() => assign.mutate(withoutProctor(now, memberId))}
                >
                  Remove
                </Button>
              ) : null}
            </Group>
          ))}
        </Stack>
      )}
      {assign.isError ? (
        <ReplaceProblem
          error={assign.error}
          onReread={() => {
            assign.reset();
            void queryClient.invalidateQueries({ queryKey: keys.sitting(sitting.id), exact: true });
          }}
        />
      ) : null}
      {all.isError ? <QueryProblem error={all.error} onRetry={() => void all.refetch()} /> : null}
      {mayRun && all.data?.length === 0 ? <Text>No member has the role of a proctor.</Text> : null}
      {all.data === undefined ? null : (
        <AddProctor
          sitting={sitting}
          members={all.data}
          isPending={assign.isPending}
          onAdd={(memberId, place) => assign.mutate(withPlace(now, memberId, place))}
        />
      )}
    </section>
  );
}

type AddProctorProps = {
  readonly sitting: Sitting;
  readonly members: readonly Pick<Sitting["proctors"][number], "memberId" | "name" | "email">[];
  readonly isPending: boolean;
  readonly onAdd: (memberId: MemberId, place: ProctorPlace) => void;
};

function AddProctor({ sitting, members, isPending, onAdd }: AddProctorProps) {
  const { rooms, proctors } = sitting;
  const [chosen, setChosen] = useState<string | null>(null);
  const [room, setRoom] = useState("");
  const place = rooms.find(({ examSessionId }) => examSessionId === room)?.examSessionId ?? "whole";
  // Who has that place already is not offered for it, nor a lead, who would lose the other rooms by it.
  const free = members.filter(({ memberId }) => {
    const one = proctors.find((proctor) => proctor.memberId === memberId);
    if (one === undefined) return true;
    return !one.isLead && (place === "whole" || !one.examSessionIds.includes(place));
  });
  const next = free.find(({ memberId }) => memberId === chosen) ?? free[0];
  if (members.length === 0 || (next === undefined && rooms.length === 1)) return null;
  return (
    <Group align="flex-end" gap="sm">
      <NativeSelect
        label="Add a proctor"
        value={next?.memberId ?? ""}
        data={
          next === undefined
            ? [{ value: "", label: "Nobody is left" }]
            : free.map(({ memberId, name, email }) => ({ value: memberId, label: `${name} (${email})` }))
        }
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      {rooms.length === 1 ? null : (
        <NativeSelect
          label="For"
          value={room}
          data={[
            { value: "", label: "All rooms, as the lead" },
            ...rooms.map(({ examSessionId, number }) => ({ value: examSessionId, label: `Only ${roomName(number)}` })),
          ]}
          onChange={(event) => setRoom(event.currentTarget.value)}
        />
      )}
      <Button
        variant="default"
        loading={isPending}
        disabled={next === undefined}
        onClick={() => (next === undefined ? undefined : onAdd(next.memberId, place))}
      >
        Assign
      </Button>
    </Group>
  );
}
