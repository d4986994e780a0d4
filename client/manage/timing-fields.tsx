import { Group, NumberInput } from "@mantine/core";
import type { ExamTiming } from "#domain/exam/exam-version.ts";
import type { DraftMessages } from "./draft-messages.ts";

const minuteMs = 60_000;

type TimingFieldsProps = {
  readonly timing: ExamTiming;
  /** By the path within the timing. */
  readonly messages: DraftMessages;
  readonly onChange: (timing: ExamTiming) => void;
};

/** Breaks, and what is given back for lost connections. */
export function TimingFields({ timing, messages, onChange }: TimingFieldsProps) {
  const { breaks, outageCreditMs } = timing;
  return (
    <Group align="flex-start" gap="md">
      <NumberInput
        label="Breaks"
        description="How many a candidate may take"
        w="13rem"
        min={0}
        max={10}
        allowDecimal={false}
        value={shown(breaks.count)}
        error={messages.get("breaks.count")}
        onChange={(value) => onChange({ ...timing, breaks: { ...breaks, count: numberOf(value) } })}
      />
      <NumberInput
        label="Longest break in minutes"
        description="The clock stands still"
        w="13rem"
        min={0}
        max={240}
        allowDecimal={false}
        value={shown(breaks.longestMs / minuteMs)}
        error={messages.get("breaks.longestMs")}
        onChange={(value) => onChange({ ...timing, breaks: { ...breaks, longestMs: numberOf(value) * minuteMs } })}
      />
      <NumberInput
        label="Lost connections, minutes"
        description="Given back by itself, at most; 0 for none"
        w="16rem"
        min={0}
        max={240}
        allowDecimal={false}
        value={shown(outageCreditMs / minuteMs)}
        error={messages.get("outageCreditMs")}
        onChange={(value) => onChange({ ...timing, outageCreditMs: numberOf(value) * minuteMs })}
      />
    </Group>
  );
}

/** An empty field is no number, and the draft says so until it is filled. */
function numberOf(value: string | number): number {
  return typeof value === "number" ? value : Number.NaN;
}

function shown(value: number): number | "" {
  return Number.isNaN(value) ? "" : value;
}
