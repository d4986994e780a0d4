import { Button, Group, Modal, NumberInput, Stack, Text, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { ProctorCommand } from "#domain/attempt/command.ts";
import type { ProctorView } from "#domain/attempt/view.ts";
import { possibleActs } from "./possible.ts";

type Act = ProctorCommand["type"];
type Props = { readonly view: ProctorView; readonly onCommand: (command: ProctorCommand) => void };

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

const buttons: readonly { readonly act: Act; readonly label: string; readonly color: string }[] = [
  { act: "admit", label: "Admit", color: "green" },
  { act: "deny", label: "Do not admit…", color: "red" },
  { act: "warn", label: "Warn…", color: "yellow" },
  { act: "pause", label: "Pause…", color: "harbour" },
  { act: "resume", label: "Resume", color: "green" },
  { act: "addTime", label: "Add time…", color: "harbour" },
  { act: "terminate", label: "End the exam…", color: "red" },
];

function commandOf(act: Act, text: string, minutes: number): ProctorCommand {
  switch (act) {
    case "admit":
    case "resume":
      return { type: act };
    case "deny":
    case "pause":
    case "terminate":
      return { type: act, reason: text };
    case "warn":
    case "sendMessage":
      return { type: act, text };
    case "addTime":
      return { type: act, ms: Math.round(minutes * 60_000), reason: text };
  }
}

/** What a proctor may do now. An act that is not possible is not shown. */
export function Interventions({ view, onCommand }: Props) {
  const possible = possibleActs(view.status);
  const [act, setAct] = useState<Act | null>(null);
  return (
    <>
      <Group gap="xs">
        {buttons
          .filter((button) => possible.has(button.act))
          .map(({ act: each, label, color }) => (
            <Button
              key={each}
              size="xs"
              color={color}
              variant={each === "admit" || each === "resume" ? "filled" : "light"}
              onClick={() => (forms[each] === undefined ? onCommand(commandOf(each, "", 0)) : setAct(each))}
            >
              {label}
            </Button>
          ))}
      </Group>
      {act === null ? null : <ActForm act={act} view={view} onCommand={onCommand} onClose={() => setAct(null)} />}
    </>
  );
}

type ActFormProps = Props & { readonly act: Act; readonly onClose: () => void };

function ActForm({ act, view, onCommand, onClose }: ActFormProps) {
  const form = forms[act];
  const [text, setText] = useState("");
  const [minutes, setMinutes] = useState(5);
  if (form === undefined) return null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onCommand(commandOf(act, text, minutes));
    onClose();
  };
  const isComplete = text.trim() !== "" && (act !== "addTime" || (minutes >= 1 && minutes <= 240));
  return (
    <Modal opened onClose={onClose} title={`${form.title}: ${view.name}`}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {act === "terminate" ? (
            <Text size="sm">
              {view.name} can write nothing after this. What was saved so far is kept and scored. This cannot be undone.
            </Text>
          ) : null}
          {act === "addTime" ? (
            <>
              <NumberInput
                label="Minutes"
                min={1}
                max={240}
                allowDecimal={false}
                value={minutes}
                onChange={(value) => setMinutes(Number(value))}
              />
              <Group gap="xs">
                {[5, 10, 15].map((each) => (
                  <Button key={each} size="compact-xs" variant="default" onClick={() => setMinutes(each)}>
                    {each} minutes
                  </Button>
                ))}
              </Group>
            </>
          ) : null}
          <Textarea
            label={form.label}
            autosize
            minRows={2}
            maxLength={1000}
            data-autofocus
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Group gap="xs">
            {form.ready.map((sentence) => (
              <Button key={sentence} size="compact-xs" variant="default" onClick={() => setText(sentence)}>
                {sentence}
              </Button>
            ))}
          </Group>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" color={form.color} disabled={!isComplete}>
              {form.submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
