import { VisuallyHidden } from "@mantine/core";
import type { Severity } from "#domain/integrity/policy.ts";
import classes from "./proctor.module.css";

const looks: Readonly<Record<Severity, { readonly tone: string; readonly sign: string }>> = {
  info: { tone: "calm", sign: "i" },
  low: { tone: "calm", sign: "•" },
  medium: { tone: "caution", sign: "!" },
  high: { tone: "alarm", sign: "!!" },
  critical: { tone: "alarm", sign: "!!!" },
};

type Props = {
  readonly severity: Severity;
  /** Where there is little room only the sign is seen; the word is still read out. */
  readonly isShort?: boolean;
};

/** A severity as a word and a sign, so that colour is never the only difference. */
export function SeverityBadge({ severity, isShort = false }: Props) {
  const { tone, sign } = looks[severity];
  return (
    <span className={classes["mark"]} data-tone={tone}>
      <span aria-hidden="true">{sign}</span> {isShort ? <VisuallyHidden>{severity}</VisuallyHidden> : severity}
    </span>
  );
}
