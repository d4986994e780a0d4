import { Button, Checkbox, Stack, Switch, TextInput } from "@mantine/core";
import { type FormEvent, useId, useState } from "react";
import { type Webhook, type WebhookEvent, webhookEvents } from "#protocol/http/webhook.ts";
import { RequestProblemError } from "../http/request-problem-error.ts";
import { Dialog } from "../ui/dialog.tsx";
import { ReplaceProblem } from "./replace-problem.tsx";
import { webhookEventWords } from "./webhook-words.ts";

type Asked = { readonly url: string; readonly events: WebhookEvent[]; readonly isOn: boolean };

type WebhookFormProps = {
  readonly title: string;
  readonly submitWords: string;
  /** Null of one that is to be added. */
  readonly before: Webhook | null;
  readonly isSending: boolean;
  readonly error: Error | null;
  readonly onSubmit: (asked: Asked) => void;
  /** Begins anew with what it is now. */
  readonly onReread?: () => void;
  readonly onClose: () => void;
};

/** Where events go, and which. */
export function WebhookForm({
  title,
  submitWords,
  before,
  isSending,
  error,
  onSubmit,
  onReread,
  onClose,
}: WebhookFormProps) {
  const formId = useId();
  const [url, setUrl] = useState(before?.url ?? "");
  const [events, setEvents] = useState<readonly WebhookEvent[]>(before?.events ?? []);
  const [isOn, setIsOn] = useState(before === null || before.state === "on");
  const [isChecked, setIsChecked] = useState(false);
  const refused = addressRefused(error);
  const isUrl = URL.canParse(url.trim());

  function submit(event: FormEvent) {
    event.preventDefault();
    setIsChecked(true);
    if (isUrl && events.length > 0) onSubmit({ url: url.trim(), events: [...events], isOn });
  }

  return (
    <Dialog
      title={title}
      onDismiss={onClose}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" form={formId} loading={isSending}>
            {submitWords}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            label="Address"
            type="url"
            placeholder="https://timetable.school.example/invigil"
            description="Where your program listens. It has to begin with https://."
            maxLength={2_000}
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
            error={isChecked && !isUrl ? "Enter the whole address, from https:// on." : refused}
          />
          <Checkbox.Group
            label="It is told when"
            description="Messages have ids, times and numbers, and never a name or an answer."
            value={[...events]}
            onChange={(chosen) => setEvents(webhookEvents.filter((one) => chosen.includes(one)))}
            error={isChecked && events.length === 0 ? "Choose at least one." : null}
          >
            <Stack gap="xs" mt="xs" mb="xs">
              {webhookEvents.map((one) => (
                <Checkbox key={one} value={one} label={webhookEventWords[one]} />
              ))}
            </Stack>
          </Checkbox.Group>
          {before === null ? null : (
            <Switch
              label="On"
              description="While it is off nothing is sent, and nothing is kept for later."
              checked={isOn}
              onChange={(event) => setIsOn(event.currentTarget.checked)}
            />
          )}
          {error === null || refused !== null ? null : <ReplaceProblem error={error} onReread={() => onReread?.()} />}
        </Stack>
      </form>
    </Dialog>
  );
}

/** Why the server sends nothing to that address, in its own words; null where that is not what it said. */
function addressRefused(error: Error | null): string | null {
  if (!(error instanceof RequestProblemError) || error.problem.code !== "bad-request") return null;
  const [field, words] = error.problem.detail.split("url: ");
  return field === "" && words !== undefined ? words : null;
}
