import { Button, Checkbox, Group, Radio, Stack, Text, Title } from "@mantine/core";
import type { Draft } from "#domain/exam/draft-fault.ts";
import { identityCaptures, policyFrom, policyNames } from "#domain/integrity/policy.ts";
import { count } from "../ui/format-duration.ts";
import { ConsentPreview } from "./consent-preview.tsx";
import styles from "./manage.module.css";
import { asInPreset, changedKinds, withIdentity, withPreset, withReviewers } from "./policy-edit.ts";
import { captureWords, presetWords, summaryOf } from "./policy-words.ts";
import { RuleTable } from "./rule-table.tsx";

type PolicyEditorProps = {
  readonly draft: Draft;
  readonly isReadOnly: boolean;
  readonly onChange: (draft: Draft) => void;
};

/** What is watched during the exam and what follows: a preset, and what the author has otherwise. */
export function PolicyEditor({ draft, isReadOnly, onChange }: PolicyEditorProps) {
  const policy = policyFrom(draft.policy, draft.policyChanges);
  const changed = changedKinds(draft);
  return (
    <section className={styles["card"]} aria-labelledby="policy-title">
      <Stack gap="md">
        <div>
          <Title order={2} size="h4" id="policy-title">
            What is watched, and what follows
          </Title>
          <Text size="sm" c="dimmed">
            No machine decides about a candidate: whatever follows here, a result is only voided by a named person.
          </Text>
        </div>
        <Radio.Group
          label="Policy"
          value={draft.policy}
          onChange={(value) => {
            const name = policyNames.find((one) => one === value);
            if (name !== undefined) onChange(withPreset(draft, name));
          }}
        >
          <Stack gap="xs" mt="xs">
            {policyNames.map((name) => (
              <Radio
                key={name}
                value={name}
                disabled={isReadOnly}
                label={presetWords[name].name}
                description={presetWords[name].text}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Group align="flex-start" gap="xl">
          <Checkbox.Group
            label="Before the exam, the proctor compares"
            value={[...policy.identity]}
            onChange={(values) =>
              onChange(
                withIdentity(
                  draft,
                  identityCaptures.filter((one) => values.includes(one)),
                ),
              )
            }
          >
            <Stack gap={6} mt={6}>
              {identityCaptures.map((capture) => (
                <Checkbox key={capture} size="xs" value={capture} label={captureWords[capture]} disabled={isReadOnly} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Radio.Group
            label="What is held is decided by"
            value={String(policy.reviewers)}
            onChange={(value) => onChange(withReviewers(draft, value === "2" ? 2 : 1))}
          >
            <Stack gap={6} mt={6}>
              <Radio size="xs" value="1" label="One person" disabled={isReadOnly} />
              <Radio size="xs" value="2" label="Two people who say the same" disabled={isReadOnly} />
            </Stack>
          </Radio.Group>
        </Group>
        <div>
          <Group gap="sm">
            <Text size="sm" role="status">
              {summaryOf(policy)}
              {changed.length === 0 ? "" : ` ${count(changed.length, "rule")} changed from the preset.`}
            </Text>
            {changed.length === 0 || isReadOnly ? null : (
              <Button size="compact-xs" variant="default" onClick={() => onChange(asInPreset(draft, changed))}>
                All rules as in the preset
              </Button>
            )}
          </Group>
          <details className={styles["more"]}>
            <summary>Each signal and its rule</summary>
            <RuleTable draft={draft} isReadOnly={isReadOnly} onChange={onChange} />
          </details>
          <details className={styles["more"]}>
            <summary>What candidates read before they consent</summary>
            <ConsentPreview title={draft.title} policy={policy} />
          </details>
        </div>
      </Stack>
    </section>
  );
}
