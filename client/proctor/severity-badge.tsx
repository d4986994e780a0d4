import { Badge } from "@mantine/core";
import type { Severity } from "#domain/integrity/policy.ts";

const looks: Readonly<Record<Severity, { readonly color: string; readonly sign: string }>> = {
  info: { color: "gray", sign: "i" },
  low: { color: "harbour", sign: "•" },
  medium: { color: "yellow", sign: "!" },
  high: { color: "red", sign: "!!" },
  critical: { color: "red", sign: "!!!" },
};

/** A severity as a word and a sign, so that colour is never the only difference. */
export function SeverityBadge({ severity }: { readonly severity: Severity }) {
  const { color, sign } = looks[severity];
  return (
    <Badge color={color} variant="light" size="sm" radius="sm" autoContrast>
      <span aria-hidden="true">{sign} </span>
      {severity}
    </Badge>
  );
}
