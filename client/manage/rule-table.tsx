import type { Draft } from "#domain/exam/draft-fault.ts";
import styles from "./manage.module.css";
import { asInPreset, isChanged, ruleIn, ruleToBeginWith, signalGroups, withRule } from "./policy-edit.ts";
import { groupWords } from "./policy-words.ts";
import { RuleRow } from "./rule-row.tsx";

type WithPolicy = Pick<Draft, "policy" | "policyChanges">;
type RuleTableProps<Some extends WithPolicy> = {
  readonly draft: Some;
  readonly isReadOnly: boolean;
  readonly onChange: (draft: Some) => void;
};

/** Every signal with its rule, by the sensor that notices it. */
export function RuleTable<Some extends WithPolicy>({ draft, isReadOnly, onChange }: RuleTableProps<Some>) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard too
    <div className={styles["rules"]} tabIndex={0} role="region" aria-label="Rules for each signal">
      <table>
        <thead>
          <tr>
            <th scope="col">Signal, and the rule</th>
            <th scope="col">Lasts, s</th>
            <th scope="col">Not again for, s</th>
            <th scope="col">Severity</th>
            <th scope="col">What follows</th>
            <th scope="col">Pictures kept</th>
            <th scope="col">Candidate told</th>
            <th scope="col">Preset</th>
          </tr>
        </thead>
        {signalGroups.map(({ sensor, kinds }) => (
          <tbody key={sensor ?? "session"}>
            <tr className={styles["group"]}>
              <th scope="rowgroup" colSpan={8}>
                {groupWords(sensor)}
              </th>
            </tr>
            {kinds.map((kind) => (
              <RuleRow
                key={kind}
                kind={kind}
                rule={ruleIn(draft, kind)}
                isChanged={isChanged(draft, kind)}
                isReadOnly={isReadOnly}
                onSwitch={(isOn) => onChange(withRule(draft, kind, isOn ? ruleToBeginWith(draft, kind) : null))}
                onChange={(rule) => onChange(withRule(draft, kind, rule))}
                onUndo={() => onChange(asInPreset(draft, [kind]))}
              />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}
