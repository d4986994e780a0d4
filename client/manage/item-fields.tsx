import { Checkbox, Group, NumberInput, Stack, Textarea, TextInput } from "@mantine/core";
import type { Item, NumberItem, ShortTextItem } from "#domain/exam/item.ts";
import type { DraftMessages } from "./draft-messages.ts";
import { OptionFields } from "./option-fields.tsx";

type ItemFieldsProps = {
  readonly item: Item;
  /** By the path within the item. */
  readonly messages: DraftMessages;
  readonly onChange: (item: Item) => void;
};

/** Everything an author writes about one question. */
export function ItemFields({ item, messages, onChange }: ItemFieldsProps) {
  return (
    <Stack gap="md" mt="md">
      <Textarea
        label="Question"
        description="A blank line begins a new paragraph."
        autosize
        minRows={2}
        value={item.prompt}
        error={messages.get("prompt")}
        onChange={(event) => onChange({ ...item, prompt: event.currentTarget.value })}
      />
      <KeyFields item={item} messages={messages} onChange={onChange} />
      <Group gap="md" align="flex-start">
        <NumberInput
          label="Points"
          w="8rem"
          min={0.01}
          max={1000}
          decimalScale={2}
          value={shownNumber(item.points)}
          error={messages.get("points")}
          onChange={(value) => onChange({ ...item, points: typedNumber(value) })}
        />
        <TextInput
          label="Category (optional)"
          description="Points are also added up for each category."
          style={{ flex: "1 1 14rem" }}
          value={item.category ?? ""}
          error={messages.get("category")}
          onChange={(event) => onChange({ ...item, category: textOrNull(event.currentTarget.value) })}
        />
      </Group>
    </Stack>
  );
}

function KeyFields({ item, messages, onChange }: ItemFieldsProps) {
  switch (item.kind) {
    case "single-choice":
    case "multiple-choice":
      return <OptionFields item={item} messages={messages} onChange={onChange} />;
    case "number":
      return <NumberFields item={item} messages={messages} onChange={onChange} />;
    case "short-text":
      return <ShortTextFields item={item} messages={messages} onChange={onChange} />;
  }
}

type FieldsProps<Kind> = Omit<ItemFieldsProps, "item"> & { readonly item: Kind };

function NumberFields({ item, messages, onChange }: FieldsProps<NumberItem>) {
  return (
    <Group gap="md" align="flex-start">
      <NumberInput
        label="Right number"
        w="11rem"
        value={shownNumber(item.key.value)}
        error={messages.get("key.value")}
        onChange={(value) => onChange({ ...item, key: { ...item.key, value: typedNumber(value) } })}
      />
      <NumberInput
        label="May be off by"
        w="9rem"
        min={0}
        value={shownNumber(item.key.tolerance)}
        error={messages.get("key.tolerance")}
        onChange={(value) => onChange({ ...item, key: { ...item.key, tolerance: typedNumber(value) } })}
      />
      <TextInput
        label="Unit (optional)"
        w="9rem"
        value={item.unit ?? ""}
        error={messages.get("unit")}
        onChange={(event) => onChange({ ...item, unit: textOrNull(event.currentTarget.value) })}
      />
    </Group>
  );
}

function ShortTextFields({ item, messages, onChange }: FieldsProps<ShortTextItem>) {
  const fault = [...messages].find(([path]) => path.startsWith("key.accepted"))?.[1];
  return (
    <>
      <Textarea
        label="Accepted answers"
        description="One on each line. White space around and between words does not matter."
        autosize
        minRows={2}
        value={item.key.accepted.join("\n")}
        error={fault}
        onChange={(event) => onChange({ ...item, key: { ...item.key, accepted: linesOf(event.currentTarget.value) } })}
        onBlur={() =>
          onChange({ ...item, key: { ...item.key, accepted: item.key.accepted.filter((line) => line.trim() !== "") } })
        }
      />
      <Checkbox
        label="Capital letters matter"
        checked={item.key.caseSensitive}
        onChange={(event) => onChange({ ...item, key: { ...item.key, caseSensitive: event.currentTarget.checked } })}
      />
    </>
  );
}

/** Empty lines stay while they are typed, or the line break could not be; they go when the field is left. */
function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.split("\n");
}

function textOrNull(text: string): string | null {
  return text.trim() === "" ? null : text;
}

/** Not a number stands for a field in which there is none yet. */
function shownNumber(value: number): number | string {
  return Number.isNaN(value) ? "" : value;
}

function typedNumber(value: number | string): number {
  return typeof value === "number" ? value : Number.parseFloat(value);
}
