import { Button, Group, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { IssuedLink, NewRegistrationsAnswer, Registration } from "#protocol/http/registration.ts";
import type { Sitting } from "#protocol/http/sitting.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { openedWords } from "../ui/room-words.ts";
import { AddCandidates } from "./add-candidates.tsx";
import { CandidateTable } from "./candidate-table.tsx";
import { IssuedLinks } from "./issued-links.tsx";
import styles from "./manage.module.css";
import { ReplaceLink } from "./replace-link.tsx";
import { WithdrawLink } from "./withdraw-link.tsx";

type Asked = { readonly about: "replace" | "withdraw"; readonly registration: Registration };
type CandidatesProps = { readonly sitting: Sitting; readonly mayRun: boolean };

/** Who sits, and the links they sit with. A link can be read only where it is issued: the server keeps just its hash. */
export function Candidates({ sitting, mayRun }: CandidatesProps) {
  const [isAdding, setIsAdding] = useState(false);
  const [issued, setIssued] = useState<readonly IssuedLink[]>([]);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [opened, setOpened] = useState<NewRegistrationsAnswer["opened"]>([]);

  function take(links: readonly IssuedLink[]) {
    setAsked(null);
    setIssued((before) => [
      ...before.filter((one) => links.every((link) => link.attemptId !== one.attemptId)),
      ...links,
    ]);
  }

  return (
    <section aria-labelledby="candidates-title" className={styles["card"]}>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h3" id="candidates-title">
          Candidates ({sitting.candidates})
        </Title>
        {mayRun && !isAdding ? (
          <Button variant="default" onClick={() => setIsAdding(true)}>
            Add candidates
          </Button>
        ) : null}
      </Group>
      {issued.length === 0 ? null : <IssuedLinks links={issued} sitting={sitting} onDone={() => setIssued([])} />}
      {opened.length === 0 ? null : (
        <Text size="sm" my="xs" role="status">
          {opened.map(openedWords).join(" ")}
        </Text>
      )}
      {isAdding ? (
        <AddCandidates
          sitting={sitting}
          onClose={() => setIsAdding(false)}
          onAdded={({ links, opened: added }) => {
            setIssued((before) => [...before, ...links]);
            setOpened(added);
            setIsAdding(false);
          }}
        />
      ) : null}
      {sitting.candidates === 0 ? (
        isAdding || issued.length > 0 ? null : (
          <EmptyState title="No candidate yet">
            {mayRun
              ? "Add them by pasting a list, one on each line. Everybody gets a link of their own."
              : "An administrator has to add them."}
          </EmptyState>
        )
      ) : (
        <CandidateTable
          sitting={sitting}
          mayRun={mayRun}
          onReplace={(registration) => setAsked({ about: "replace", registration })}
          onWithdraw={(registration) => setAsked({ about: "withdraw", registration })}
        />
      )}
      {asked?.about === "replace" ? (
        <ReplaceLink
          sitting={sitting}
          registration={asked.registration}
          onIssued={take}
          onClose={() => setAsked(null)}
        />
      ) : null}
      {asked?.about === "withdraw" ? (
        <WithdrawLink sitting={sitting} registration={asked.registration} onClose={() => setAsked(null)} />
      ) : null}
    </section>
  );
}
