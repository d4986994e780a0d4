import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect, useId, useState } from "react";
import type { RowFault } from "#protocol/http/problem.ts";
import { announce } from "../ui/announcer.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { ChooseRows } from "./choose-rows.tsx";
import styles from "./manage.module.css";
import { RefusedRows } from "./refused-rows.tsx";
import type { FileKind, RowsFile } from "./rows-file.ts";
import { refusedWords } from "./refused-words.ts";
import { RowsPreview } from "./rows-preview.tsx";
import { partsOf, type Send, type Sending, sendPart, type Sent, stopped } from "./send-rows.ts";
import { SendingRows } from "./sending-rows.tsx";

export type UploadKind<Taken> = FileKind & {
  readonly title: string;
  /** By which column a row is recognised. */
  readonly shown: string;
  readonly rowsAtOnce: number;
  readonly send: Send<Taken>;
  /** What to do about a row that the API refused. */
  readonly faultWords: (fault: RowFault) => string;
  /** What the button says that sends so many. */
  readonly sendWords: (rows: number) => string;
  /** What is asked before so many are sent; null: nothing has to be. */
  readonly question: ((rows: number) => { readonly title: string; readonly text: string }) | null;
  /** What is said of so many that were taken. */
  readonly takenWords: (rows: number) => string;
};

type UploadRowsProps<Taken> = {
  readonly kind: UploadKind<Taken>;
  /** What holds for all rows. */
  readonly children?: ReactNode;
  /** What came of those that were taken, one at least. */
  readonly onTaken: (taken: Sent<Taken>["taken"]) => void;
  readonly onClose: () => void;
};

type Step<Taken> =
  | { readonly at: "choosing" }
  | { readonly at: "looking" | "asking"; readonly file: RowsFile; readonly name: string }
  | { readonly at: "sending"; readonly file: RowsFile; readonly name: string; readonly sending: Sending<Taken> }
  | { readonly at: "done"; readonly file: RowsFile; readonly sent: Sent<Taken> };

/** A file of rows: chosen, looked at, sent, and told of row by row. */
export function UploadRows<Taken>({ kind, children, onTaken, onClose }: UploadRowsProps<Taken>) {
  const [step, setStep] = useState<Step<Taken>>({ at: "choosing" });
  const titleId = useId();
  const page = step.at === "choosing" || step.at === "done" ? step.at : "looking";

  useEffect(() => {
    if (step.at !== "sending") return;
    function ask(event: BeforeUnloadEvent) {
      event.preventDefault();
    }
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [step.at]);

  async function goOn(file: RowsFile, name: string, from: Sending<Taken>) {
    let sending: Sending<Taken> = { ...from, problem: null };
    setStep({ at: "sending", file, name, sending });
    while (sending.left.length > 0 && sending.problem === null) {
      sending = await sendPart(sending, kind.send, kind.faultWords);
      setStep({ at: "sending", file, name, sending });
    }
    if (sending.problem === null) end(file, sending);
  }

  function end(file: RowsFile, sending: Sending<Taken>) {
    const sent = stopped(sending);
    setStep({ at: "done", file, sent });
    announce(`${kind.takenWords(sent.taken.length)} ${refusedWords(sent.refused.length + file.refused.length)}`);
    if (sent.taken.length > 0) onTaken(sent.taken);
  }

  function begin(file: RowsFile, name: string) {
    const left = partsOf(file.good, kind.rowsAtOnce, () => crypto.randomUUID());
    void goOn(file, name, { left, taken: [], refused: [], problem: null });
  }

  return (
    <section aria-labelledby={titleId} className={styles["card"]} style={{ marginBottom: "1rem" }}>
      <Title order={2} size="h3" id={titleId} key={page} ref={focus} tabIndex={-1} mb="xs">
        {kind.title}
      </Title>
      {step.at === "choosing" ? (
        <>
          <ChooseRows kind={kind} onRead={(file, name) => setStep({ at: "looking", file, name })} />
          <Group mt="md">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
          </Group>
        </>
      ) : step.at === "done" ? (
        <Stack gap="sm">
          <Text fw={600}>
            {kind.takenWords(step.sent.taken.length)}{" "}
            {refusedWords(step.sent.refused.length + step.file.refused.length)}
          </Text>
          {step.sent.refused.length + step.file.refused.length === 0 ? null : (
            <RefusedRows
              names={step.file.names}
              refused={[...step.file.refused, ...step.sent.refused]}
              shown={kind.shown}
            />
          )}
          <Group>
            <Button variant="default" onClick={() => setStep({ at: "choosing" })}>
              Another file
            </Button>
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
          </Group>
        </Stack>
      ) : (
        <Stack gap="sm">
          <RowsPreview kind={kind} file={step.file} name={step.name} shown={kind.shown} />
          {step.file.good.length === 0 ? null : children}
          <Group>
            {step.file.good.length === 0 ? null : (
              <Button
                onClick={() =>
                  kind.question === null ? begin(step.file, step.name) : setStep({ ...step, at: "asking" })
                }
              >
                {kind.sendWords(step.file.good.length)}
              </Button>
            )}
            <Button variant="default" onClick={() => setStep({ at: "choosing" })}>
              Another file
            </Button>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
          </Group>
        </Stack>
      )}
      {step.at === "asking" && kind.question !== null ? (
        <Dialog
          title={kind.question(step.file.good.length).title}
          onDismiss={() => setStep({ ...step, at: "looking" })}
          actions={
            <>
              <Button onClick={() => begin(step.file, step.name)}>{kind.sendWords(step.file.good.length)}</Button>
              <Button variant="default" onClick={() => setStep({ ...step, at: "looking" })}>
                Not yet
              </Button>
            </>
          }
        >
          <Text>{kind.question(step.file.good.length).text}</Text>
        </Dialog>
      ) : null}
      {step.at === "sending" ? (
        <SendingRows
          rows={step.file.good.length}
          sending={step.sending}
          onGoOn={() => void goOn(step.file, step.name, step.sending)}
          onStop={() => end(step.file, step.sending)}
        />
      ) : null}
    </section>
  );
}

/** A new step begins at its heading. */
function focus(heading: HTMLElement | null): void {
  heading?.focus();
}
