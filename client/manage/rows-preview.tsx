import { Table, Text } from "@mantine/core";
import { rowsWords } from "./refused-words.ts";
import { RefusedRows } from "./refused-rows.tsx";
import type { FileKind, RowsFile } from "./rows-file.ts";
import styles from "./upload-rows.module.css";

/** So many are enough to see whether each column is what it should be. */
const mostShown = 5;

type RowsPreviewProps = {
  readonly kind: FileKind;
  readonly file: RowsFile;
  readonly name: string;
  readonly shown: string;
};

/** How a file is understood, before anything of it is sent. */
export function RowsPreview({ kind, file: { names, passedOver, good, refused }, name, shown }: RowsPreviewProps) {
  const columns = kind.columns.filter((column) => names.includes(column.name));
  return (
    <>
      <Text role="status">
        <strong>{name}</strong>: {rowsWords(good.length + refused.length)}
        {refused.length === 0 ? "." : `, of which ${rowsWords(refused.length)} cannot be taken and will be left out.`}
      </Text>
      {passedOver.length === 0 ? null : (
        <Text size="sm">
          Columns that are passed over: <code>{passedOver.join(", ")}</code>
        </Text>
      )}
      {good.length === 0 ? null : (
        <Table.ScrollContainer minWidth={420}>
          <Table verticalSpacing={4} withTableBorder captionSide="top">
            <Table.Caption ta="start">
              {good.length > mostShown ? `The first ${mostShown} rows` : "The rows"}, as they are understood
            </Table.Caption>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Row</Table.Th>
                {columns.map((column) => (
                  <Table.Th scope="col" key={column.name}>
                    <code>{column.name}</code>
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {good.slice(0, mostShown).map(({ row, cells }) => (
                <Table.Tr key={row}>
                  <Table.Td>{row}</Table.Td>
                  {columns.map((column) => (
                    <Table.Td key={column.name} className={styles["cell"]}>
                      {cells[column.name] ?? "–"}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {refused.length === 0 ? null : (
        <>
          <Text fw={600} size="sm">
            Rows that cannot be taken
          </Text>
          <RefusedRows names={names} refused={refused} shown={shown} />
        </>
      )}
    </>
  );
}
