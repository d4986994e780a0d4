import { Radio, Stack } from "@mantine/core";
import type { Ref } from "react";
import { type TerminationCause, terminationCauses } from "#domain/attempt/command.ts";

const words: Readonly<Record<TerminationCause, { readonly label: string; readonly description: string }>> = {
  conduct: {
    label: "The candidate's conduct",
    description: "What you saw or heard. It is no verdict: people of the institution decide later.",
  },
  technical: {
    label: "A technical failure",
    description:
      "The computer, the network, the power, or Invigil itself. What the attempt cost is given back, and the ledger says that you ended it.",
  },
  other: {
    label: "Something else",
    description: "Illness, an alarm in the building, the candidate's own wish.",
  },
};

type EndCauseProps = {
  readonly cause: TerminationCause | null;
  readonly onChange: (cause: TerminationCause) => void;
  /** The first of them, where the dialog begins. */
  readonly first: Ref<HTMLInputElement>;
};

/**
 * Of which kind the reason is. Nothing is chosen beforehand: by one kind a candidate would stand accused, and by another an
 * exam would be paid back, where a proctor in a hurry chose nothing.
 */
export function EndCause({ cause, onChange, first }: EndCauseProps) {
  return (
    <Radio.Group
      label="What is the cause?"
      value={cause}
      onChange={(value) => {
        const chosen = terminationCauses.find((one) => one === value);
        if (chosen !== undefined) onChange(chosen);
      }}
    >
      <Stack gap="xs" mt={4}>
        {terminationCauses.map((one, index) => (
          <Radio key={one} value={one} {...words[one]} {...(index === 0 ? { ref: first } : {})} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
