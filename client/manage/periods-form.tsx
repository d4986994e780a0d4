import { Button, Group, NumberInput, Table, Text } from "@mantine/core";
import { useState } from "react";
import { keepings } from "#domain/retention/data-class.ts";
import { type PeriodFault, periodFaults, type Periods, periodsFrom } from "#domain/retention/period.ts";
import type { Retention } from "#protocol/http/retention.ts";
import { count } from "../ui/format-duration.ts";
import { ReplaceProblem } from "./replace-problem.tsx";
import { useSetPeriods } from "./retention-api.ts";
import styles from "./retention.module.css";

type PeriodsFormProps = {
  readonly classes: Retention["classes"];
  readonly etag: string | undefined;
  /** Begins anew with what they are now. */
  readonly onReread: () => void;
};

/** For how many days each class is kept: what it is, and why not shorter, beside it. */
export function PeriodsForm({ classes, etag, onReread }: PeriodsFormProps) {
  const stored = periodsFrom(Object.fromEntries(classes.map(({ of, days }) => [of, days])));
  const [periods, setPeriods] = useState<Periods>(stored);
  // What is edited here began with these, whatever is read again meanwhile.
  const [seen, setSeen] = useState({ periods: stored, etag });
  const save = useSetPeriods();
  const faults = periodFaults(periods);
  const isChanged = classes.some(({ of }) => periods[of] !== seen.periods[of]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (faults.length > 0) return;
        save.mutate({ periods, etag: seen.etag }, { onSuccess: (saved) => setSeen({ periods, etag: saved.etag }) });
      }}
    >
      <div className={styles["scroll"]}>
        <Table verticalSpacing="xs" aria-label="How long things are kept">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>What</Table.Th>
              <Table.Th>Days</Table.Th>
              <Table.Th>Why</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {classes.map(({ of, usual, atLeast, atMost }) => (
              <Table.Tr key={of}>
                <Table.Td>
                  <Text fw={600}>{keepings[of].title}</Text>
                  <Text size="sm" c="dimmed">
                    {keepings[of].holds}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <NumberInput
                    aria-label={`${keepings[of].title}: days`}
                    w="7rem"
                    allowDecimal={false}
                    allowNegative={false}
                    error={faultWords(faults.find((fault) => fault.of === of))}
                    value={periods[of]}
                    onChange={(days) => setPeriods({ ...periods, [of]: Number(days) })}
                  />
                  <Text size="xs" c="dimmed">
                    {atLeast} to {atMost}, usually {usual}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <Text size="sm">Kept {keepings[of].purpose}.</Text>
                  <Text size="sm" c="dimmed">
                    {keepings[of].because}
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {save.isError ? <ReplaceProblem error={save.error} onReread={onReread} /> : null}
      <Group mt="sm" mb="xl">
        <Button type="submit" disabled={!isChanged} loading={save.isPending}>
          Save
        </Button>
        <Text size="sm" c="dimmed">
          Days count from the end of each exam. What is due is deleted by itself, and does not come back.
        </Text>
      </Group>
    </form>
  );
}

/** What is wrong with one period; null where nothing is. */
function faultWords(fault: PeriodFault | undefined): string | null {
  if (fault === undefined) return null;
  const { atLeast, atMost } = keepings[fault.of];
  switch (fault.why) {
    case "too-short":
      return `At least ${count(atLeast, "day")}.`;
    case "too-long":
      return `At most ${count(atMost, "day")}.`;
    case "no-whole-days":
      return "Whole days.";
    case "names-before-answers":
      return "At least as long as all before it.";
  }
}
