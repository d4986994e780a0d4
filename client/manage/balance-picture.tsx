import { Table, Text } from "@mantine/core";
import type { Ledger } from "#protocol/http/ledger.ts";
import { balancePath } from "./balance-path.ts";
import { credits } from "./ledger-words.ts";
import styles from "./ledger.module.css";
import { useNow } from "./use-now.ts";

// Days are counted in UTC, whatever the reader's zone.
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" });

/** How the balance went: as a picture, and the same as a table. */
export function BalancePicture({ days, overdraft }: Pick<Ledger, "days" | "overdraft">) {
  const now = useNow();
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return null;
  const { line, zero, limit } = balancePath(days, overdraft, now);
  const balances = days.map(({ balance }) => balance);
  const [lowest, highest] = [Math.min(...balances), Math.max(...balances)].map(credits);
  const since = `Since ${day.format(first.at)}: ${highest} at the highest, ${lowest} at the lowest.`;
  const words = `The balance, from ${credits(first.balance)} to ${credits(last.balance)} credits. ${since}`;
  return (
    <figure className={styles["figure"]}>
      <svg
        viewBox="0 -0.05 1 1.1"
        preserveAspectRatio="none"
        className={styles["picture"]}
        role="img"
        aria-label={words}
      >
        <path d={`M0 ${zero}H1`} className={styles["zero"]} />
        {limit === null ? null : <path d={`M0 ${limit}H1`} className={styles["limit"]} />}
        <path d={line} className={styles["line"]} />
      </svg>
      <figcaption>
        <Text size="sm" c="dimmed" component="span">
          {since} The thin line is zero{limit === null ? "" : ", the dashed one your limit"}.
        </Text>
        <details>
          <summary>The same as a table</summary>
          <Table.ScrollContainer minWidth={240} mah="16rem">
            <Table verticalSpacing={4}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">Day (UTC)</Table.Th>
                  <Table.Th scope="col">Balance at its end</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {days.toReversed().map(({ at, balance }) => (
                  <Table.Tr key={at}>
                    <Table.Td>{day.format(at)}</Table.Td>
                    <Table.Td>{credits(balance)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </details>
      </figcaption>
    </figure>
  );
}
