import { Button, Group, Table, Text } from "@mantine/core";
import { download } from "../ui/download.ts";
import { type RefusedRow, refusedText } from "./rows-file.ts";
import styles from "./upload-rows.module.css";

/** The file has all of them. */
const mostShown = 100;

type RefusedRowsProps = {
  /** The columns of the file that they are from, the first of which tells them apart best. */
  readonly names: readonly string[];
  readonly refused: readonly RefusedRow[];
  /** By which column a row is recognised. */
  readonly shown: string;
};

/** Each row that was not taken, with what to do about it, also as a file to be mended. */
export function RefusedRows({ names, refused, shown }: RefusedRowsProps) {
  const sorted = refused.toSorted((one, other) => one.row - other.row);
  return (
    <>
      <Table.ScrollContainer minWidth={420} mah="20rem">
        <Table verticalSpacing={4}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Row</Table.Th>
              <Table.Th scope="col">
                <code>{shown}</code>
              </Table.Th>
              <Table.Th scope="col">What to do</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sorted.slice(0, mostShown).map(({ row, cells, error }) => (
              <Table.Tr key={row}>
                <Table.Td>{row}</Table.Td>
                <Table.Td className={styles["cell"]}>{cells[shown] ?? "–"}</Table.Td>
                <Table.Td>{error}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {sorted.length > mostShown ? (
        <Text size="sm">The file has the other {(sorted.length - mostShown).toLocaleString("en")} too.</Text>
      ) : null}
      <Group mt="xs">
        <Button variant="default" onClick={() => download("refused-rows.csv", "text/csv", refusedText(names, sorted))}>
          Download these rows
        </Button>
        <Text size="sm">Mend them in that file, and choose it here: it has only these.</Text>
      </Group>
    </>
  );
}
