import { Text } from "@mantine/core";
import type { IntegrityPolicy } from "#domain/integrity/policy.ts";
import { signalWords } from "../ui/fact-sentence.ts";
import styles from "./manage.module.css";
import { isMoment, signalGroups } from "./policy-edit.ts";
import {
  captureWords,
  groupWords,
  presetWords,
  responseWords,
  secondsText,
  severityWords,
  summaryOf,
} from "./policy-words.ts";

type FrozenPolicyProps = { readonly number: number; readonly integrity: IntegrityPolicy | null };

/** The policy of a published version, which never changes: to be read. */
export function FrozenPolicy({ number, integrity }: FrozenPolicyProps) {
  if (integrity === null) {
    return (
      <Text size="sm" c="dimmed">
        Published before policies were frozen: what is noticed is only logged.
      </Text>
    );
  }
  const { name, identity } = integrity;
  const captures = identity.map((one) => captureWords[one].toLowerCase()).join(", ");
  return (
    <details className={styles["more"]}>
      <summary>
        Policy of version {number}: {name === "custom" ? "changed by the author" : presetWords[name].name}
      </summary>
      <Text size="sm">
        {summaryOf(integrity)} {captures === "" ? "" : `Before the exam: ${captures}.`}
      </Text>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by the keyboard too */}
      <div className={styles["rules"]} tabIndex={0} role="region" aria-label={`Rules of version ${number}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Signal</th>
              <th scope="col">Lasts, s</th>
              <th scope="col">Not again for, s</th>
              <th scope="col">Severity</th>
              <th scope="col">What follows</th>
              <th scope="col">Pictures kept</th>
              <th scope="col">Candidate told</th>
            </tr>
          </thead>
          {signalGroups.map(({ sensor, kinds }) => (
            <tbody key={sensor ?? "session"}>
              <tr className={styles["group"]}>
                <th scope="rowgroup" colSpan={7}>
                  {groupWords(sensor)}
                </th>
              </tr>
              {kinds.map((kind) => {
                const rule = integrity.rules[kind];
                return (
                  <tr key={kind}>
                    <th scope="row">{signalWords(kind)}</th>
                    {rule === undefined ? (
                      <td colSpan={6}>Off</td>
                    ) : (
                      <>
                        <td>{isMoment(kind) ? "at once" : secondsText(rule.windowMs)}</td>
                        <td>{secondsText(rule.coolDownMs)}</td>
                        <td>{severityWords[rule.severity]}</td>
                        <td>{responseWords[rule.response]}</td>
                        <td>{rule.evidence.length === 0 ? "None" : rule.evidence.join(", ")}</td>
                        <td>{rule.tellsCandidate ? "Yes" : "No"}</td>
                      </>
                    )}
                  </tr>
                );
              })}
            </tbody>
          ))}
        </table>
      </div>
    </details>
  );
}
