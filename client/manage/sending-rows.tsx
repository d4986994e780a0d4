import { Button, Progress, Stack, Text } from "@mantine/core";
import { useEffect } from "react";
import { useBlocker } from "react-router";
import { ProblemReport } from "../http/problem-report.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { mayGoOn, type Sending } from "./send-rows.ts";

type SendingRowsProps = {
  /** How many are sent in all. */
  readonly rows: number;
  readonly sending: Sending<unknown>;
  readonly onGoOn: () => void;
  readonly onStop: () => void;
};

/** How far it is. Nothing else can be done meanwhile: whoever leaves now loses what is answered. */
export function SendingRows({ rows, sending: { left, problem }, onGoOn, onStop }: SendingRowsProps) {
  // Nor by the browser's way back, which a dialog does not stop.
  const blocker = useBlocker(true);
  useEffect(() => {
    if (blocker.state === "blocked") blocker.reset();
  }, [blocker]);
  const waiting = left.reduce((sum, part) => sum + part.rows.length, 0);
  const done = rows - waiting;
  const percent = Math.round((100 * done) / rows);
  const words = `${done.toLocaleString("en")} of ${rows.toLocaleString("en")} rows are done.`;
  return (
    <Dialog
      title={problem === null ? "Sending" : "It stopped"}
      actions={
        problem === null ? null : (
          <>
            {mayGoOn(problem) ? <Button onClick={onGoOn}>Go on</Button> : null}
            <Button variant="default" onClick={onStop}>
              Stop here
            </Button>
          </>
        )
      }
    >
      <Stack gap="sm">
        <Progress.Root size="lg">
          <Progress.Section value={percent} aria-label="Rows that are done" aria-valuetext={words} />
        </Progress.Root>
        {/* Here and not in the page's own live region, which cannot be heard behind a dialog. */}
        <Text role="status">{words}</Text>
        {problem === null ? (
          <Text size="sm">Keep this page open until it is done.</Text>
        ) : (
          <>
            <ProblemReport problem={problem} />
            <Text size="sm">
              {mayGoOn(problem)
                ? "Go on as soon as that is mended: nothing is done twice. If you stop here, the rows that are left are told as refused."
                : "If you stop here, the rows that are left are told as refused, and you can send them again."}
            </Text>
          </>
        )}
      </Stack>
    </Dialog>
  );
}
