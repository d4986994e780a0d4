import { Button, Group, NumberInput, Stack, Text, Textarea } from "@mantine/core";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import type { ProctorCommand, TerminationCause } from "#domain/attempt/command.ts";
import type { Tile } from "#protocol/session/down.ts";
import { Dialog } from "../ui/dialog.tsx";
import { EndCause } from "./end-cause.tsx";
import { actWords, possibleActs } from "./possible.ts";

type Act = Exclude<ProctorCommand["type"], "withdrawTime" | "allowTakeOver" | "refuseTakeOver" | "askIdentityAgain">;

/** Gives a command for a candidate. What becomes of it is told by the page around. */
export type Give = (tile: Tile, command: ProctorCommand) => void;
type Props = { readonly tile: Tile; readonly onCommand: Give };

type Form = {
  readonly title: string;
  readonly label: string;
  readonly ready: readonly string[];
  readonly submit: string;
  readonly color: string;
};

const forms: Readonly<Partial<Record<Act, Form>>> = {
  deny: {
    title: "Do not admit",
    label: "Why? The candidate reads this.",
    ready: ["Please show your whole face to the camera.", "Please share your entire screen."],
    submit: "Do not admit",
    color: "red",
  },
  warn: {
    title: "Warn",
    label: "The candidate has to read and confirm this.",
    ready: [
      "Please stay in the exam window.",
      "Please stay alone in the room.",
      "Please keep your face in the picture.",
    ],
    submit: "Send the warning",
    color: "yellow",
  },
  pause: {
    title: "Pause the exam",
    label: "Why? The candidate reads this. The paused time is given back.",
    ready: ["Please wait a moment, we are looking into something."],
    submit: "Pause",
    color: "harbour",
  },
  addTime: {
    title: "Add time",
    label: "Why? The candidate reads this.",
    ready: ["Technical problem", "Interruption in the room"],
    submit: "Add the time",
    color: "harbour",
  },
  terminate: {
    title: "End this exam",
    label: "Why? The candidate reads this, and it stands in the record.",
    ready: [],
    submit: "End the exam",
    color: "red",
  },
};

const buttons: readonly { readonly act: Act; readonly color: string }[] = [
  { act: "admit", color: "green" },
  { act: "deny", color: "red" },
  { act: "warn", color: "yellow" },
  { act: "pause", color: "harbour" },
  { act: "resume", color: "green" },
  { act: "addTime", color: "harbour" },
  { act: "terminate", color: "red" },
];

type Filled = { readonly text: string; readonly minutes: number; readonly cause: TerminationCause | null };

const nothingFilled: Filled = { text: "", minutes: 5, cause: null };

function isComplete(act: Act, { text, minutes, cause }: Filled): boolean {
  if (act === "addTime" && (minutes < 1 || minutes > 240)) return false;
  if (act === "terminate" && cause === null) return false;
  return text.trim() !== "";
}

function commandOf(act: Act, { text, minutes, cause }: Filled): ProctorCommand {
  switch (act) {
    case "admit":
    case "resume":
      return { type: act };
    case "deny":
    case "pause":
      return { type: act, reason: text };
    case "terminate":
      return { type: act, ...(cause === null ? {} : { cause }), reason: text };
    case "warn":
    case "sendMessage":
      return { type: act, text };
    case "addTime":
      return { type: act, ms: Math.round(minutes * 60_000), reason: text };
  }
}

/** What a proctor may do now. An act that is not possible is not shown. */
export function Interventions({ tile, onCommand }: Props) {
  const possible = possibleActs(tile.view.status);
  const [act, setAct] = useState<Act | null>(null);
  return (
    <>
      <Group gap="xs">
        {buttons
          .filter((button) => possible.has(button.act))
          .map(({ act: each, color }) => (
            <Button
              key={each}
              size="xs"
              color={color}
              variant={each === "admit" || each === "resume" ? "filled" : "outline"}
              onClick={() =>
                forms[each] === undefined ? onCommand(tile, commandOf(each, nothingFilled)) : setAct(each)
              }
            >
              {forms[each] === undefined ? actWords(each) : `${actWords(each)}…`}
            </Button>
          ))}
      </Group>
      {act === null ? null : <ActForm act={act} tile={tile} onCommand={onCommand} onClose={() => setAct(null)} />}
    </>
  );
}

type ActFormProps = Props & { readonly act: Act; readonly onClose: () => void };

function ActForm({ act, tile, onCommand, onClose }: ActFormProps) {
  const { view } = tile;
  const form = forms[act];
  const formId = useId();
  const reason = useRef<HTMLTextAreaElement>(null);
  const firstCause = useRef<HTMLInputElement>(null);
  const [filled, setFilled] = useState(nothingFilled);
  const fill = (part: Partial<Filled>): void => setFilled((before) => ({ ...before, ...part }));
  // The dialog itself begins at its title; here it is the words that are wanted, and of an end first its cause.
  useEffect(() => (firstCause.current ?? reason.current)?.focus(), []);
  if (form === undefined) return null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isComplete(act, filled)) return;
    onCommand(tile, commandOf(act, filled));
    onClose();
  };
  return (
    <Dialog
      title={`${form.title}: ${view.name}`}
      onDismiss={onClose}
      actions={
        <>
          <Button type="submit" form={formId} color={form.color} disabled={!isComplete(act, filled)}>
            {form.submit}
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit}>
        <Stack gap="sm">
          {act === "terminate" ? (
            <>
              <Text size="sm">
                {view.name} can write nothing after this. What was saved so far is kept and scored. This cannot be
                undone.
              </Text>
              <EndCause cause={filled.cause} onChange={(cause) => fill({ cause })} first={firstCause} />
            </>
          ) : null}
          {act === "addTime" ? <Minutes minutes={filled.minutes} onChange={(minutes) => fill({ minutes })} /> : null}
          <Textarea
            label={form.label}
            autosize
            minRows={2}
            maxLength={1000}
            ref={reason}
            value={filled.text}
            onChange={(event) => fill({ text: event.currentTarget.value })}
          />
          <Group gap="xs">
            {form.ready.map((sentence) => (
              <Button key={sentence} size="compact-xs" variant="default" onClick={() => fill({ text: sentence })}>
                {sentence}
              </Button>
            ))}
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

type MinutesProps = { readonly minutes: number; readonly onChange: (minutes: number) => void };

export function Minutes({ minutes, onChange }: MinutesProps) {
  return (
    <>
      <NumberInput
        label="Minutes"
        min={1}
        max={240}
        allowDecimal={false}
        value={minutes}
        onChange={(value) => onChange(Number(value))}
      />
      <Group gap="xs">
        {[5, 10, 15].map((each) => (
          <Button key={each} size="compact-xs" variant="default" onClick={() => onChange(each)}>
            {each} minutes
          </Button>
        ))}
      </Group>
    </>
  );
}
