import { Badge, Button, Group } from "@mantine/core";
import type { Item } from "#domain/exam/item.ts";
import type { DraftMessages } from "./draft-messages.ts";
import { ItemFields } from "./item-fields.tsx";
import { itemKindWords } from "./item-kind-words.ts";
import styles from "./manage.module.css";

export type ItemActions = {
  readonly onChange: (item: Item) => void;
  readonly onMove: (item: Item, by: -1 | 1) => void;
  readonly onDuplicate: (item: Item) => void;
  readonly onRemove: (item: Item) => void;
  readonly onToggle: (item: Item) => void;
};

type ItemCardProps = {
  readonly item: Item;
  /** Its place in the whole exam, from 1. */
  readonly number: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly isOpen: boolean;
  readonly messages: DraftMessages;
  readonly actions: ItemActions;
};

/** One question in the editor: a line to recognise it by, and its fields while it is open. */
export function ItemCard({ item, number, isFirst, isLast, isOpen, messages, actions }: ItemCardProps) {
  const name = `question ${number}`;
  return (
    <li className={styles["item"]} data-faulty={messages.size > 0} id={`item-${item.id}`}>
      <div className={styles["itemHead"]}>
        <div className={styles["itemName"]}>
          <strong>{number}.</strong> {item.prompt.trim() === "" ? <em>Not written yet</em> : firstLine(item.prompt)}
        </div>
        <Badge variant="default" tt="none">
          {itemKindWords[item.kind]}
        </Badge>
        {messages.size > 0 ? <span className={styles["fault"]}>⚠ Something is missing</span> : null}
        <Group gap={4}>
          <Button
            size="xs"
            variant="default"
            aria-expanded={isOpen}
            aria-label={`${isOpen ? "Close" : "Edit"} ${name}`}
            onClick={() => actions.onToggle(item)}
          >
            {isOpen ? "Close" : "Edit"}
          </Button>
          <Button
            size="xs"
            variant="default"
            id={`up-${item.id}`}
            aria-label={`Move ${name} up`}
            aria-disabled={isFirst}
            onClick={() => (isFirst ? undefined : actions.onMove(item, -1))}
          >
            ↑
          </Button>
          <Button
            size="xs"
            variant="default"
            id={`down-${item.id}`}
            aria-label={`Move ${name} down`}
            aria-disabled={isLast}
            onClick={() => (isLast ? undefined : actions.onMove(item, 1))}
          >
            ↓
          </Button>
          <Button size="xs" variant="default" aria-label={`Copy ${name}`} onClick={() => actions.onDuplicate(item)}>
            Copy
          </Button>
          <Button size="xs" variant="default" aria-label={`Delete ${name}`} onClick={() => actions.onRemove(item)}>
            Delete
          </Button>
        </Group>
      </div>
      {isOpen ? <ItemFields item={item} messages={messages} onChange={actions.onChange} /> : null}
    </li>
  );
}

function firstLine(text: string): string {
  const [line = ""] = text.trim().split("\n");
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
