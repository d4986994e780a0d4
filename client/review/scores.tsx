import { Table, Text, Title } from "@mantine/core";
import { reviewStateOf } from "#domain/attempt/review.ts";
import type { AttemptRecord } from "#protocol/http/review.ts";
import { keptWords, keyLines, percentWords, responseLines } from "./response-words.ts";
import styles from "./review.module.css";

/** Each item with what was answered, what is right and what it earned. */
export function Scores({ record }: { readonly record: AttemptRecord }) {
  const { score } = record;
  const standing = reviewStateOf(record.hold);
  const kept = record.events.flatMap(({ seq, fact }) => (fact.type === "answerKept" ? [{ seq, ...fact }] : []));
  return (
    <section aria-labelledby="scores-title">
      <Title order={2} size="h3" id="scores-title" mb="xs">
        Answers and points
      </Title>
      {score === null ? (
        <Text mb="sm">There are no points yet: an attempt is scored when it is handed in.</Text>
      ) : standing === "voided" ? (
        <Text mb="sm">
          <strong>The score was voided: there is none to be used.</strong> What each answer had earned stands below, for
          an appeal.
        </Text>
      ) : (
        <Text mb="sm">
          <strong>
            {score.points} of {score.outOf} points, {percentWords(score.points, score.outOf)}.
          </strong>{" "}
          {standing === "held" ? "Held for review: not to be used until people have decided. " : ""}
          {score.categories
            .map(({ category, points, outOf }) => `${category}: ${points} of ${outOf} (${percentWords(points, outOf)})`)
            .join(" · ")}
        </Text>
      )}
      <Table.ScrollContainer minWidth={640} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table verticalSpacing="sm" highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">No.</Table.Th>
              <Table.Th scope="col">Question</Table.Th>
              <Table.Th scope="col">Answer</Table.Th>
              <Table.Th scope="col">Key</Table.Th>
              <Table.Th scope="col">Points</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {record.items.map(({ item, response, score: itemScore }, index) => (
              <Table.Tr key={item.id}>
                <Table.Td>{index + 1}</Table.Td>
                <Table.Td className={styles["prose"]} maw="24rem">
                  {item.prompt}
                </Table.Td>
                <Table.Td>
                  <Lines lines={responseLines(item, response)} none="Not answered" />
                  {kept
                    .filter(({ itemId }) => itemId === item.id)
                    .map((answer) => (
                      <Text key={answer.seq} size="sm" mt={4} c="dimmed" className={styles["prose"]}>
                        {keptWords(item, answer)}
                      </Text>
                    ))}
                </Table.Td>
                <Table.Td>
                  <Lines lines={keyLines(item)} none="" />
                </Table.Td>
                <Table.Td style={{ whiteSpace: "nowrap" }}>
                  {itemScore === null ? `– of ${item.points}` : `${itemScore.points} of ${itemScore.outOf}`}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}

function Lines({ lines, none }: { readonly lines: readonly string[]; readonly none: string }) {
  if (lines.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {none}
      </Text>
    );
  }
  if (lines.length === 1) return <span className={styles["prose"]}>{lines[0]}</span>;
  return (
    <ul className={styles["key"]}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
