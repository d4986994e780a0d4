import { Button } from "@mantine/core";
import { wordsOf } from "#domain/integrity/explain.ts";
import { type IntegrityRule, responses, severities, stillSources } from "#domain/integrity/policy.ts";
import type { SignalKind } from "#domain/integrity/signal.ts";
import { signalWords } from "../ui/fact-sentence.ts";
import styles from "./manage.module.css";
import { isDrastic, isMoment } from "./policy-edit.ts";
import { dangerWords, responseWords, severityWords, stillWords } from "./policy-words.ts";
import { SecondsField } from "./seconds-field.tsx";

type RuleRowProps = {
  readonly kind: SignalKind;
  /** Null where it is off. */
  readonly rule: IntegrityRule | null;
  /** It is otherwise than in the preset. */
  readonly isChanged: boolean;
  readonly isReadOnly: boolean;
  /** True: on, with a rule to begin with. */
  readonly onSwitch: (isOn: boolean) => void;
  readonly onChange: (rule: IntegrityRule) => void;
  readonly onUndo: () => void;
};

/** One signal: whether it is looked for, when it counts, and what follows. */
export function RuleRow({ kind, rule, isChanged, isReadOnly, onSwitch, onChange, onUndo }: RuleRowProps) {
  const name = signalWords(kind);
  return (
    <tr data-changed={isChanged} data-drastic={rule !== null && isDrastic(rule.response)}>
      <th scope="row">
        <label className={styles["signal"]}>
          <input
            type="checkbox"
            checked={rule !== null}
            disabled={isReadOnly}
            onChange={(event) => onSwitch(event.currentTarget.checked)}
          />
          {name}
        </label>
        <span className={styles["hint"]}>{wordsOf(kind).rule}</span>
      </th>
      {rule === null ? (
        <td colSpan={6}>
          <span className={styles["hint"]}>Off: nobody looks for it</span>
        </td>
      ) : (
        <RuleCells name={name} kind={kind} rule={rule} isReadOnly={isReadOnly} onChange={onChange} />
      )}
      <td>
        {isChanged ? (
          isReadOnly ? (
            <span className={styles["hint"]}>Changed</span>
          ) : (
            <Button size="compact-xs" variant="default" aria-label={`${name}: as in the preset`} onClick={onUndo}>
              As in the preset
            </Button>
          )
        ) : null}
      </td>
    </tr>
  );
}

type RuleCellsProps = Pick<RuleRowProps, "kind" | "isReadOnly" | "onChange"> & {
  readonly name: string;
  readonly rule: IntegrityRule;
};

function RuleCells({ name, kind, rule, isReadOnly, onChange }: RuleCellsProps) {
  const danger = dangerWords(rule.response);
  return (
    <>
      <td>
        {isMoment(kind) ? (
          <span className={styles["hint"]}>at once</span>
        ) : (
          <SecondsField
            label={`${name}: lasts for seconds`}
            valueMs={rule.windowMs}
            isDisabled={isReadOnly}
            onChange={(windowMs) => onChange({ ...rule, windowMs })}
          />
        )}
      </td>
      <td>
        <SecondsField
          label={`${name}: not noted again for seconds`}
          valueMs={rule.coolDownMs}
          isDisabled={isReadOnly}
          onChange={(coolDownMs) => onChange({ ...rule, coolDownMs })}
        />
      </td>
      <td>
        <Choice
          label={`${name}: severity`}
          value={rule.severity}
          choices={severities}
          words={severityWords}
          isDisabled={isReadOnly}
          onChange={(severity) => onChange({ ...rule, severity })}
        />
      </td>
      <td>
        <Choice
          label={`${name}: what follows`}
          value={rule.response}
          choices={responses}
          words={responseWords}
          isDisabled={isReadOnly}
          onChange={(response) => onChange({ ...rule, response })}
        />
        {danger === null ? null : <strong className={styles["danger"]}>⚠ {danger}</strong>}
      </td>
      <td>
        {stillSources.map((source) => (
          <label key={source} className={styles["still"]}>
            <input
              type="checkbox"
              aria-label={`${name}: picture of the ${source}`}
              checked={rule.evidence.includes(source)}
              disabled={isReadOnly}
              onChange={(event) => {
                const isOn = event.currentTarget.checked;
                const evidence = stillSources.filter((one) => (one === source ? isOn : rule.evidence.includes(one)));
                onChange({ ...rule, evidence });
              }}
            />
            {stillWords[source]}
          </label>
        ))}
      </td>
      <td>
        <input
          type="checkbox"
          aria-label={`${name}: the candidate is told`}
          checked={rule.tellsCandidate}
          disabled={isReadOnly}
          onChange={(event) => onChange({ ...rule, tellsCandidate: event.currentTarget.checked })}
        />
      </td>
    </>
  );
}

type ChoiceProps<Value extends string> = {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly Value[];
  readonly words: Readonly<Record<Value, string>>;
  readonly isDisabled: boolean;
  readonly onChange: (value: Value) => void;
};

function Choice<Value extends string>({ label, value, choices, words, isDisabled, onChange }: ChoiceProps<Value>) {
  return (
    <select
      className={styles["choice"]}
      aria-label={label}
      value={value}
      disabled={isDisabled}
      onChange={(event) => {
        const chosen = choices.find((one) => one === event.currentTarget.value);
        if (chosen !== undefined) onChange(chosen);
      }}
    >
      {choices.map((one) => (
        <option key={one} value={one}>
          {words[one]}
        </option>
      ))}
    </select>
  );
}
