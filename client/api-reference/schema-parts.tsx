import { Text } from "@mantine/core";
import type { SchemaNode } from "./api-document.ts";
import styles from "./api-reference.module.css";
import { partsOf, schemaWords } from "./schema-words.ts";

type SchemaPartsProps = {
  readonly schema: SchemaNode;
  readonly named: Readonly<Record<string, SchemaNode>>;
  readonly depth?: number;
};

const deepest = 5;

/** The fields of a body, with the fields of those below them. */
export function SchemaParts({ schema, named, depth = 0 }: SchemaPartsProps) {
  const parts = partsOf(schema, named);
  if (parts.length === 0) return depth === 0 ? <Text size="sm">{schemaWords(schema)}</Text> : null;
  return (
    <ul className={styles["parts"]}>
      {parts.map(([name, part, isRequired]) => (
        <li key={name}>
          <code>{name}</code> <span className={styles["words"]}>{schemaWords(part)}</span>
          {isRequired ? null : <span className={styles["words"]}>, may be left out</span>}
          {depth < deepest ? <SchemaParts schema={part} named={named} depth={depth + 1} /> : null}
        </li>
      ))}
    </ul>
  );
}
