import { Button, FileButton, Text } from "@mantine/core";
import { type DragEvent, useRef, useState } from "react";
import { type FileFault, largestFile } from "./rows-file.ts";
import styles from "./upload-rows.module.css";

type ChooseFileProps = {
  readonly onText: (text: string, name: string) => void;
  readonly onFault: (fault: FileFault) => void;
};

/** A file's text, chosen or dropped. */
export function ChooseFile({ onText, onFault }: ChooseFileProps) {
  const [isOver, setIsOver] = useState(false);
  const forget = useRef<() => void>(null);

  async function take(file: File | null) {
    // Or the browser would not tell that the same file is chosen once more, when it has been mended.
    forget.current?.();
    if (file === null) return;
    if (file.size > largestFile) {
      onFault({ kind: "too-large" });
      return;
    }
    let text: string;
    try {
      // As UTF-8, without its byte order mark; what is no UTF-8 is seen by its replacement characters.
      text = await file.text();
    } catch {
      // It was moved or changed since it was chosen, or may not be read.
      onFault({ kind: "unreadable" });
      return;
    }
    onText(text, file.name);
  }

  function onDrop(event: DragEvent) {
    event.preventDefault();
    setIsOver(false);
    void take(event.dataTransfer.files[0] ?? null);
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- whoever has no mouse has the button in it.
    <section
      aria-label="The file"
      className={styles["drop"]}
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={onDrop}
    >
      <FileButton
        resetRef={forget}
        onChange={(file) => void take(file)}
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        inputProps={{ "aria-label": "File" }}
      >
        {(props) => (
          <Button variant="default" {...props}>
            Choose a file
          </Button>
        )}
      </FileButton>
      <Text size="sm">or drop it here</Text>
    </section>
  );
}
