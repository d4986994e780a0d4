import { Button, Checkbox, Group, NumberInput, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useId, useState } from "react";
import { type Accommodations, type Allowance, type ExceptionKind, exceptionKinds } from "#domain/exam/accommodation.ts";
import { exceptionWords } from "../ui/accommodation-words.ts";
import { Dialog } from "../ui/dialog.tsx";
import { ReplaceProblem } from "./replace-problem.tsx";

type AccommodationsFormProps = {
  readonly name: string;
  readonly arranged: Accommodations;
  readonly isSaving: boolean;
  readonly error: Error | null;
  readonly onSave: (wanted: Accommodations) => void;
  /** Begins anew with what is arranged now. */
  readonly onReread: () => void;
  readonly onClose: () => void;
};

/** One allowance of each kind, and each exception, with a reason that covers them all. */
export function AccommodationsForm(props: AccommodationsFormProps) {
  const { name, arranged, isSaving, error, onSave, onReread, onClose } = props;
  const formId = useId();
  const [percent, setPercent] = useState(percentOf(arranged.allowances));
  const [minutes, setMinutes] = useState(minutesOf(arranged.allowances));
  const [exceptions, setExceptions] = useState<readonly ExceptionKind[]>(arranged.exceptions.map(({ kind }) => kind));
  const [reason, setReason] = useState([...arranged.allowances, ...arranged.exceptions][0]?.reason ?? "");
  const isNothing = percent === 0 && minutes === 0 && exceptions.length === 0;
  const isComplete = isNothing || reason.trim() !== "";

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!isComplete) return;
    const allowances: readonly Allowance[] = [
      ...(percent > 0 ? [{ kind: "multiplier", factor: 1 + percent / 100, reason } as const] : []),
      ...(minutes > 0 ? [{ kind: "minutes", minutes, reason } as const] : []),
    ];
    onSave({ allowances, exceptions: exceptions.map((kind) => ({ kind, reason })) });
  }

  return (
    <Dialog
      title={`Arranged for ${name}`}
      onDismiss={isSaving ? undefined : onClose}
      actions={
        <>
          <Button type="submit" form={formId} loading={isSaving} disabled={!isComplete}>
            Save
          </Button>
          <Button variant="default" disabled={isSaving} onClick={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">More time counts from the opening of the exam, and is fixed then.</Text>
          <Group gap="md">
            <NumberInput
              label="More time in per cent"
              w="13rem"
              min={0}
              max={200}
              allowDecimal={false}
              value={percent}
              onChange={(value) => setPercent(Number(value))}
            />
            <NumberInput
              label="More time in minutes"
              w="13rem"
              min={0}
              max={240}
              allowDecimal={false}
              value={minutes}
              onChange={(value) => setMinutes(Number(value))}
            />
          </Group>
          <Checkbox.Group
            label="Rules that do not hold"
            value={[...exceptions]}
            onChange={(chosen) => setExceptions(exceptionKinds.filter((kind) => chosen.includes(kind)))}
          >
            <Stack gap={6} mt={6}>
              {exceptionKinds.map((kind) => (
                <Checkbox key={kind} value={kind} label={sentence(exceptionWords(kind))} />
              ))}
            </Stack>
          </Checkbox.Group>
          <TextInput
            label="Reason"
            description="The candidate and the proctors read it beside the time."
            maxLength={200}
            required={!isNothing}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {error === null ? null : <ReplaceProblem error={error} onReread={onReread} />}
        </Stack>
      </form>
    </Dialog>
  );
}

function percentOf(allowances: readonly Allowance[]): number {
  const found = allowances.find((allowance) => allowance.kind === "multiplier");
  return found === undefined ? 0 : Math.round((found.factor - 1) * 100);
}

function minutesOf(allowances: readonly Allowance[]): number {
  return allowances.find((allowance) => allowance.kind === "minutes")?.minutes ?? 0;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
