import { Button, Group, NumberInput, Stack, Text, TextInput } from "@mantine/core";
import type { Section } from "#domain/exam/exam-version.ts";
import type { ItemKind } from "#domain/exam/item.ts";
import type { ItemId } from "#domain/exam/ids.ts";
import { type DraftMessages, messagesWithin } from "./draft-messages.ts";
import { type ItemActions, ItemCard } from "./item-card.tsx";
import { itemKinds, itemKindWords } from "./item-kind-words.ts";
import styles from "./manage.module.css";

export type SectionActions = {
  readonly onRename: (section: Section, title: string) => void;
  /** Null takes the limit away. */
  readonly onLimit: (section: Section, minutes: number | null) => void;
  readonly onMove: (section: Section, by: -1 | 1) => void;
  readonly onRemove: (section: Section) => void;
  readonly onAdd: (section: Section, kind: ItemKind) => void;
};

type SectionCardProps = {
  readonly section: Section;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** The place of its first question in the whole exam, from 1. */
  readonly firstNumber: number;
  readonly openItems: ReadonlySet<ItemId>;
  /** By the path within the section. */
  readonly messages: DraftMessages;
  readonly actions: SectionActions;
  readonly itemActions: ItemActions;
};

/** A section of the exam with its questions. */
export function SectionCard(props: SectionCardProps) {
  const { section, isFirst, isLast, firstNumber, openItems, messages, actions, itemActions } = props;
  const { items, title } = section;
  const name = title.trim() === "" ? "this section" : `section ${title}`;
  return (
    <section className={styles["card"]} aria-label={title.trim() === "" ? "Section without a title" : title}>
      <Group align="flex-end" gap="xs" mb="md">
        <TextInput
          label="Section title"
          style={{ flex: "1 1 16rem" }}
          value={title}
          error={messages.get("title")}
          onChange={(event) => actions.onRename(section, event.currentTarget.value)}
        />
        <NumberInput
          label="Time limit in minutes"
          placeholder="none"
          w="11rem"
          min={1}
          max={720}
          allowDecimal={false}
          value={section.timeLimitMs === undefined ? "" : section.timeLimitMs / 60_000}
          error={messages.get("timeLimitMs")}
          onChange={(value) => actions.onLimit(section, typeof value === "number" ? value : null)}
        />
        <Button
          variant="default"
          aria-label={`Move ${name} up`}
          aria-disabled={isFirst}
          onClick={() => actions.onMove(section, -1)}
        >
          ↑
        </Button>
        <Button
          variant="default"
          aria-label={`Move ${name} down`}
          aria-disabled={isLast}
          onClick={() => actions.onMove(section, 1)}
        >
          ↓
        </Button>
        <Button variant="default" aria-label={`Delete ${name}`} onClick={() => actions.onRemove(section)}>
          Delete section
        </Button>
      </Group>
      {items.length === 0 ? (
        <Text c="dimmed" size="sm">
          No question here yet. Add one of the four kinds.
        </Text>
      ) : null}
      <Stack component="ol" gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
        {items.map((item, index) => (
          <ItemCard
            key={item.id}
            item={item}
            number={firstNumber + index}
            isFirst={isFirst && index === 0}
            isLast={isLast && index === items.length - 1}
            isOpen={openItems.has(item.id)}
            messages={messagesWithin(messages, `items[${index}]`)}
            actions={itemActions}
          />
        ))}
      </Stack>
      {messages.has("items") ? <p className={styles["fault"]}>{messages.get("items")}</p> : null}
      <Group gap="xs" mt="md">
        <Text size="sm">Add a question:</Text>
        {itemKinds.map((kind) => (
          <Button key={kind} size="xs" variant="default" onClick={() => actions.onAdd(section, kind)}>
            {itemKindWords[kind]}
          </Button>
        ))}
      </Group>
    </section>
  );
}
