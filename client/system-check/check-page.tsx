import { Button, Group, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { type CheckLine, checkLines, type CheckResult } from "#protocol/system-check.ts";
import { useStore } from "../session/store.ts";
import { LevelMeter } from "../take-exam/level-meter.tsx";
import { LivePreview } from "../take-exam/live-preview.tsx";
import { StepHeading } from "../take-exam/step-heading.tsx";
import { announce } from "../ui/announcer.tsx";
import { PageFrame } from "../ui/page-frame.tsx";
import { CheckRow, type RowState } from "./check-row.tsx";
import { CodeForSupport } from "./code-for-support.tsx";
import { gradeOf, verdictOf } from "./grade.ts";
import { lineTitles, lineWords } from "./line-words.ts";
import styles from "./system-check.module.css";
import { clickedLines, createSystemCheck, findingsOf, type LineState, type SystemCheck } from "./system-check.ts";
import { computerOf } from "./this-computer.ts";
import { VerdictNotice } from "./verdict-notice.tsx";

const stateNames = { fine: "fine", better: "can be better", "not-usable": "not usable here" } as const;

/** Days before the exam or at its door: whether this computer can do what the exam asks of it, by the exam's own parts. */
export function CheckPage() {
  const [check] = useState(createSystemCheck);
  const state = useStore(check.store, (all) => all);
  const { camera, screen } = useStore(check.devices.store, (all) => all);
  useEffect(() => () => check.stop(), [check]);
  useEffect(() => sayWhatIsFound(check), [check]);

  const computer = computerOf(navigator.userAgent);
  const findings = findingsOf(state);
  const made = checkLines.filter((line) => state.lines[line].progress === "done").length;
  const isMeasuring = checkLines.some((line) => state.lines[line].progress === "checking");
  const result: CheckResult = { ...computer, upload: state.bucket, findings };
  const isOn = camera.kind === "ready" || screen.kind === "ready";

  return (
    <PageFrame title="System check">
      <StepHeading>Check this computer</StepHeading>
      <Text mb="sm">
        This page tries what your exam needs, with the same parts as the exam. Do it on the computer and in the place
        where you will sit it, some days before. You need no link and no account. Nothing is recorded, and no picture or
        sound leaves this computer.
      </Text>
      <Group mb="md">
        <Button size="md" loading={state.isRunning} onClick={() => void check.runAll()}>
          {made === 0 ? "Start the check" : "Check everything again"}
        </Button>
        {isOn && !isMeasuring ? (
          <Button variant="default" onClick={() => check.turnOff()}>
            Turn camera and screen off
          </Button>
        ) : null}
        <Text size="sm" c="dimmed" data-testid="progress">
          {made} of {checkLines.length} checked
        </Text>
      </Group>
      {made === 0 || state.isRunning ? null : <VerdictNotice verdict={verdictOf(findings)} />}
      <ul className={styles["rows"]}>
        {checkLines.map((line) => (
          <CheckRow
            key={line}
            {...lineTitles[line]}
            state={rowStateOf(line, state.lines[line])}
            words={state.lines[line].progress === "done" ? lineWords(line, state.lines[line].finding, computer) : null}
            detail={state.lines[line].detail}
            button={buttonOf(check, line, state.lines[line], made > 0 && !state.isRunning)}
          >
            {line === "camera" && camera.kind === "ready" ? (
              <LivePreview stream={camera.stream} label="Your camera's picture" isMirrored />
            ) : null}
            {line === "microphone" && camera.kind === "ready" ? <LevelMeter stream={camera.stream} /> : null}
            {line === "screen" && screen.kind === "ready" ? (
              <LivePreview stream={screen.stream} label="Your screen as it is shared" />
            ) : null}
          </CheckRow>
        ))}
      </ul>
      {made === 0 || state.isRunning || isMeasuring ? null : <CodeForSupport result={result} />}
    </PageFrame>
  );
}

function rowStateOf(line: CheckLine, { progress, finding }: LineState): RowState {
  if (progress !== "done") return progress;
  return gradeOf(line, finding) ?? "waiting";
}

function buttonOf(check: SystemCheck, line: CheckLine, { progress }: LineState, isNext: boolean) {
  const waits = progress === "waiting";
  const label = !waits
    ? "Check again"
    : line === "screen"
      ? "Share the entire screen"
      : line === "full-screen"
        ? "Try full screen"
        : "Check";
  return { label, isMain: waits && isNext && clickedLines.includes(line), onClick: () => void check.run(line) };
}

/** Says each result once, when the listener is idle. */
function sayWhatIsFound({ store }: SystemCheck): () => void {
  let before = store.get();
  return store.subscribe(() => {
    const now = store.get();
    const said = checkLines.flatMap((line) => {
      const { progress, finding } = now.lines[line];
      const grade = gradeOf(line, finding);
      const isNew = progress === "done" && now.lines[line] !== before.lines[line];
      return isNew && grade !== null ? [`${lineTitles[line].title}: ${stateNames[grade]}.`] : [];
    });
    const isOver = before.isRunning && !now.isRunning;
    before = now;
    if (isOver) announce(verdictOf(findingsOf(now)).title);
    else if (said.length > 0) announce(said.join(" "));
  });
}
