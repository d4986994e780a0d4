import { Button, Group, Stack, Table, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { download } from "../ui/download.ts";
import { ChooseFile } from "./choose-file.tsx";
import { exampleText, faultWords, type FileFault, type FileKind, readRows, type RowsFile } from "./rows-file.ts";

type ChooseRowsProps = {
  readonly kind: FileKind;
  readonly onRead: (file: RowsFile, name: string) => void;
};

/** Where a file comes from: chosen, dropped or pasted. What cannot be read says so here. */
export function ChooseRows({ kind, onRead }: ChooseRowsProps) {
  const [fault, setFault] = useState<FileFault | null>(null);
  const [pasted, setPasted] = useState("");
  const explained = kind.columns.filter((column) => column.words !== null);
  const words = fault === null ? null : faultWords(fault, kind);

  function read(text: string, name: string) {
    const file = readRows(text, kind);
    setFault("kind" in file ? file : null);
    if ("kind" in file) return;
    onRead(file, name);
  }

  return (
    <Stack gap="sm">
      <Text size="sm" maw="48rem">
        A CSV, as every spreadsheet saves it. Its first row names the columns, in any order; columns of other names are
        passed over. You see what is understood before anything is sent.
      </Text>
      <Table.ScrollContainer minWidth={420}>
        <Table verticalSpacing={4} withTableBorder captionSide="top">
          <Table.Caption ta="start">The columns</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Name</Table.Th>
              <Table.Th scope="col">What stands in it</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {explained.map(({ name, words: what }) => (
              <Table.Tr key={name}>
                <Table.Th scope="row">
                  <code>{name}</code>
                </Table.Th>
                <Table.Td>
                  {kind.csv.needed.includes(name) ? "Needed. " : null}
                  {what}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Group>
        <Button variant="default" onClick={() => download(kind.example.fileName, "text/csv", exampleText(kind))}>
          Download an example
        </Button>
      </Group>
      <ChooseFile onText={read} onFault={setFault} />
      {words === null ? null : <ProblemNotice title={words.title}>{words.whatToDo}</ProblemNotice>}
      <Textarea
        label="Or paste the rows"
        description="With the names of the columns in the first row. Cells copied from a spreadsheet are understood."
        autosize
        minRows={2}
        maxRows={10}
        value={pasted}
        onChange={(event) => setPasted(event.currentTarget.value)}
      />
      <Group>
        <Button variant="default" onClick={() => read(pasted, "What you pasted")}>
          Read what is pasted
        </Button>
      </Group>
    </Stack>
  );
}
