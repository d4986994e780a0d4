import { Button, Group, Select, TextInput } from "@mantine/core";
import { auditKinds } from "#protocol/audit.ts";
import { useExams, useSittings } from "./api.ts";
import { useMembers } from "./audit-api.ts";
import { auditKindWords } from "./audit-words.ts";
import { localFieldOf, momentOfField } from "./local-moment.ts";
import styles from "./manage.module.css";

type AuditFiltersProps = {
  readonly filters: URLSearchParams;
  /** `value` null: no matter which. */
  readonly onFilter: (name: string, value: string | null) => void;
  readonly onClear: () => void;
};

const kinds = auditKinds
  .filter((kind) => kind !== "other-act")
  .map((kind) => ({ value: kind, label: auditKindWords[kind] }));

/** Who, what, on what and when: each narrows what is listed below. */
export function AuditFilters({ filters, onFilter, onClear }: AuditFiltersProps) {
  const members = useMembers().data ?? [];
  const exams = useExams().data ?? [];
  const sittings = useSittings().data ?? [];
  const on = filters.get("on");
  const things = [
    { group: "Sittings", items: sittings.map(({ id, title }) => ({ value: String(id), label: title })) },
    { group: "Exams", items: exams.map(({ id, title }) => ({ value: String(id), label: title })) },
  ];
  const isListed = things.some(({ items }) => items.some(({ value }) => value === on));
  const others =
    on === null || isListed ? [] : [{ group: "Chosen below", items: [{ value: on, label: `Only ${on}` }] }];
  const people = [
    { value: "candidate", label: "Candidates" },
    { value: "system", label: "The system" },
    { value: "operator", label: "The operator" },
    ...members.map(({ memberId, name }) => ({ value: String(memberId), label: name })),
  ];
  return (
    <search className={styles["auditFilters"]} aria-label="Filter the audit">
      <Group align="end" gap="sm">
        <Select
          label="Who"
          placeholder="Anybody"
          data={people}
          value={filters.get("who")}
          onChange={(value) => onFilter("who", value)}
          searchable
          clearable
          w="10.5rem"
        />
        <Select
          label="What"
          placeholder="Anything"
          data={kinds}
          value={filters.get("what")}
          onChange={(value) => onFilter("what", value)}
          searchable
          clearable
          w="14rem"
        />
        <Select
          label="On what"
          placeholder="Anything"
          data={[...others, ...things]}
          value={on}
          onChange={(value) => onFilter("on", value)}
          searchable
          clearable
          w="13rem"
        />
        <Moment label="From" value={filters.get("from")} onChange={(value) => onFilter("from", value)} />
        <Moment label="Until" value={filters.get("to")} onChange={(value) => onFilter("to", value)} />
        {filters.size === 0 ? null : (
          <Button variant="default" onClick={onClear}>
            Show everything
          </Button>
        )}
      </Group>
    </search>
  );
}

type MomentProps = {
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
};

function Moment({ label, value, onChange }: MomentProps) {
  return (
    <TextInput
      label={label}
      type="datetime-local"
      w="13rem"
      defaultValue={value === null ? "" : localFieldOf(Number(value))}
      key={value === null ? "none" : "some"}
      onBlur={(event) => {
        const at = momentOfField(event.currentTarget.value);
        onChange(at === null ? null : String(at));
      }}
    />
  );
}
