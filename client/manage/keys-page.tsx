import { Anchor, Button, Group, Table, Text, Title, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { can } from "#domain/access/permission.ts";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { IssuedKey, Key } from "#protocol/http/api-key.ts";
import { useMe } from "../sign-in/me.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { announce } from "../ui/announcer.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { formatMoment } from "../ui/format-moment.ts";
import { Loading } from "../ui/loading.tsx";
import { IssuedKeyNotice } from "./issued-key.tsx";
import { useKeys, useRevokeKey } from "./keys-api.ts";
import { NewKeyDialog } from "./new-key.tsx";
import { useNow } from "./use-now.ts";

/** `/manage/keys`: the keys with which programs use the API for a member. */
export function KeysPage() {
  const keys = useKeys();
  const [isMaking, setIsMaking] = useState(false);
  const [issued, setIssued] = useState<IssuedKey | null>(null);
  return (
    <>
      <Group justify="space-between" mb="xs">
        <Title order={1} size="h2">
          Keys
        </Title>
        {issued === null ? <Button onClick={() => setIsMaking(true)}>Make a key…</Button> : null}
      </Group>
      <Text mb="md" maw="44rem">
        With a key a program does over the API what its member may do here, as far as the key allows.{" "}
        <Anchor href="/docs" underline="always">
          What the API can do
        </Anchor>
      </Text>
      {issued === null ? null : <IssuedKeyNotice issued={issued} onDone={() => setIssued(null)} />}
      {keys.data === undefined ? (
        keys.isError ? (
          <QueryProblem error={keys.error} onRetry={() => void keys.refetch()} />
        ) : (
          <Loading what="the keys" />
        )
      ) : keys.data.length === 0 ? (
        <EmptyState title="There is no key yet">
          A timetable, a student register or a grade book needs one to work with Invigil. Begin with “Make a key”.
        </EmptyState>
      ) : (
        <KeyTable keys={keys.data} />
      )}
      {isMaking ? (
        <NewKeyDialog
          onClose={() => setIsMaking(false)}
          onMade={(made) => {
            setIsMaking(false);
            setIssued(made);
          }}
        />
      ) : null}
    </>
  );
}

function KeyTable({ keys }: { readonly keys: readonly Key[] }) {
  const me = useMe();
  const now = useNow();
  const [asked, setAsked] = useState<Key | null>(null);
  return (
    <>
      <Table.ScrollContainer minWidth={720}>
        <Table verticalSpacing="sm" highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Key</Table.Th>
              <Table.Th scope="col">May</Table.Th>
              <Table.Th scope="col">Good until</Table.Th>
              <Table.Th scope="col">Last used</Table.Th>
              <Table.Th scope="col">What to do</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {keys.map((key) => (
              <Table.Tr key={key.keyId}>
                <Table.Td>
                  <Text fw={600}>{key.name}</Text>
                  <Text size="sm" c="dimmed">
                    of {key.memberName}, made {formatMoment(key.createdAt)}
                  </Text>
                </Table.Td>
                <Table.Td>{key.scopes.join(", ")}</Table.Td>
                <Table.Td>{endWords(key, now)}</Table.Td>
                <Table.Td>
                  {key.lastUsedAt === null ? "Never" : formatMoment(key.lastUsedAt)}
                  {key.lastUsedAt !== null && can(me, "read-audit") ? (
                    <Text size="sm">
                      <Anchor component={Link} to={`/manage/audit?who=${key.keyId}`} underline="always">
                        What it did <VisuallyHidden>with {key.name}</VisuallyHidden>
                      </Anchor>
                    </Text>
                  ) : null}
                </Table.Td>
                <Table.Td>
                  {isGood(key, now) ? (
                    <Button
                      variant="default"
                      size="xs"
                      aria-label={`Revoke the key ${key.name}`}
                      onClick={() => setAsked(key)}
                    >
                      Revoke…
                    </Button>
                  ) : null}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {asked === null ? null : <RevokeDialog asked={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

function RevokeDialog({ asked, onClose }: { readonly asked: Key; readonly onClose: () => void }) {
  const revoke = useRevokeKey();
  return (
    <Dialog
      title={`Revoke the key “${asked.name}”?`}
      onDismiss={onClose}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            Keep it
          </Button>
          <Button
            loading={revoke.isPending}
            onClick={() =>
              revoke.mutate(asked.keyId, {
                onSuccess() {
                  announce("The key is revoked.");
                  onClose();
                },
              })
            }
          >
            Revoke it
          </Button>
        </>
      }
    >
      <p>The program that has it is shut out at once. It cannot be taken back: you could only make a new key.</p>
      {revoke.isError ? <QueryProblem error={revoke.error} /> : null}
    </Dialog>
  );
}

function isGood({ revokedAt, expiresAt }: Key, now: EpochMs): boolean {
  return revokedAt === null && expiresAt > now;
}

function endWords({ revokedAt, expiresAt }: Key, now: EpochMs): string {
  if (revokedAt !== null) return `Revoked ${formatMoment(revokedAt)}`;
  return expiresAt > now ? formatMoment(expiresAt) : `Ended ${formatMoment(expiresAt)}`;
}
