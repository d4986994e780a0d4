import { Button, Group, List, Text, Title } from "@mantine/core";
import { useId, useState } from "react";
import { can } from "#domain/access/permission.ts";
import type { LegalHold } from "#protocol/http/retention.ts";
import { useMe } from "../sign-in/me.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { formatMoment } from "../ui/format-moment.ts";
import { heldWords } from "./legal-holds.tsx";
import styles from "./manage.module.css";
import { type HoldChoice, PlaceHold } from "./place-hold.tsx";
import { ReleaseHold } from "./release-hold.tsx";
import { useHolds } from "./retention-api.ts";

type KeptByHoldProps = { readonly on: { readonly kind: "attempt" | "sitting"; readonly id: string } };

const labels = { attempt: "This attempt", sitting: "This sitting: every attempt of it" } as const;

/** The legal holds by which this is kept, and a way to place and to release one, for whoever may. */
export function KeptByHold(props: KeptByHoldProps) {
  return can(useMe(), "manage-retention") ? <Holds {...props} /> : null;
}

function Holds({ on: { kind, id } }: KeptByHoldProps) {
  const holds = useHolds({ kind, id });
  const [isPlacing, setIsPlacing] = useState(false);
  const [releasing, setReleasing] = useState<LegalHold | null>(null);
  const title = useId();
  const choices: readonly [HoldChoice] = [{ on: { kind, id }, label: labels[kind] }];
  return (
    <section aria-labelledby={title} className={kind === "sitting" ? styles["card"] : undefined}>
      <Title order={2} size="h3" id={title} mb="xs">
        Legal holds
      </Title>
      {holds.isError ? <QueryProblem error={holds.error} onRetry={() => void holds.refetch()} /> : null}
      {holds.data?.some(({ releasedAt }) => releasedAt === null) === false ? (
        <Text mb="xs">None stands: it is deleted when its time is over.</Text>
      ) : null}
      <List spacing="xs" mb="sm">
        {(holds.data ?? []).map((hold) => (
          <List.Item key={hold.id}>
            <Group gap="sm" align="baseline">
              <Text component="span">{holdSentence(hold)}</Text>
              {hold.releasedAt === null ? (
                <Button size="compact-sm" variant="default" onClick={() => setReleasing(hold)}>
                  Release …
                </Button>
              ) : null}
            </Group>
          </List.Item>
        ))}
      </List>
      <Button size="xs" variant="default" onClick={() => setIsPlacing(true)}>
        Keep it from being deleted …
      </Button>
      {isPlacing ? <PlaceHold choices={choices} onClose={() => setIsPlacing(false)} /> : null}
      {releasing === null ? null : <ReleaseHold hold={releasing} onClose={() => setReleasing(null)} />}
    </section>
  );
}

function holdSentence({ on, reason, placedAt, placedByName, releasedAt, releasedByName }: LegalHold): string {
  const placed = `${heldWords[on.kind]} held since ${formatMoment(placedAt)} by ${placedByName}${reason === "" ? "" : `: ${reason}`}`;
  return releasedAt === null
    ? placed
    : `${placed} (released ${formatMoment(releasedAt)} by ${releasedByName ?? "nobody known"})`;
}
