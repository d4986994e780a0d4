import { Button, Group, Radio, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import type { Hold, ReviewVerdict } from "#domain/attempt/review.ts";
import type { AttemptRecord } from "#protocol/http/review.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { verdictWords } from "./hold-words.ts";
import { useReviewing } from "./use-reviewing.ts";

type DecideFormProps = { readonly record: AttemptRecord; readonly hold: Hold };

/** One person's decision: what, and why; asked once more before it is given, for it cannot be taken back. */
export function DecideForm({ record, hold }: DecideFormProps) {
  const [verdict, setVerdict] = useState<ReviewVerdict | null>(null);
  const [reason, setReason] = useState("");
  const [isAsked, setIsAsked] = useState(false);
  const [isConfirming, setIsConfirming] = useState(false);
  const decide = useReviewing(record.attemptId, "decisions", "Your decision is written down.");
  const isEmpty = reason.trim() === "";

  function ask(): void {
    setIsAsked(true);
    if (verdict !== null && !isEmpty) setIsConfirming(true);
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <Radio.Group
        label="Your decision"
        value={verdict}
        error={isAsked && verdict === null ? "Choose one." : undefined}
        onChange={(value) => setVerdict(value === "voided" ? "voided" : "stands")}
      >
        <Group gap="lg" mt={4}>
          <Radio value="stands" label="The score stands: it counts like any other" />
          <Radio value="voided" label="The score is voided: it counts for nothing" />
        </Group>
      </Radio.Group>
      <Textarea
        mt="sm"
        label="Reason"
        description="It stands in the log under your name. The candidate reads the reason of the decision that settles it, without a name."
        autosize
        minRows={2}
        maxLength={1000}
        value={reason}
        error={isAsked && isEmpty ? "Write the reason." : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button type="submit" mt="sm">
        Decide …
      </Button>
      {isConfirming && verdict !== null ? (
        <Dialog
          title={`${verdictWords[verdict]}?`}
          onDismiss={() => setIsConfirming(false)}
          actions={
            <>
              <Button
                {...(verdict === "voided" ? { color: "red" } : {})}
                loading={decide.isPending}
                onClick={() => decide.mutate({ verdict, reason }, { onSuccess: () => setIsConfirming(false) })}
              >
                {verdictWords[verdict]}
              </Button>
              <Button variant="default" onClick={() => setIsConfirming(false)}>
                Not yet
              </Button>
            </>
          }
        >
          <Text mb="sm">{consequence(record, hold, verdict)}</Text>
          <Text mb="sm">Your reason: “{reason.trim()}”</Text>
          {decide.isError ? <QueryProblem error={decide.error} /> : null}
        </Dialog>
      ) : null}
    </form>
  );
}

function consequence({ name }: AttemptRecord, { reviewers, decisions }: Hold, verdict: ReviewVerdict): string {
  const settles = decisions.filter((decision) => decision.verdict === verdict).length + 1 >= reviewers;
  if (!settles)
    return `Another person has to decide too before ${name} is told. You decide once, and cannot take it back.`;
  return verdict === "voided"
    ? `${name} is told that the result does not count, and reads your reason. You decide once; a person can hold it again for an appeal.`
    : `${name} is told that the result stands, and reads your reason. You decide once.`;
}
