import { Text, Title } from "@mantine/core";
import type { Attention } from "#domain/integrity/attention.ts";
import { attentionWords } from "./attention-words.ts";
import classes from "./proctor.module.css";

/** Why this candidate stood where it did when it was opened: the parts of the order, in words. */
export function WhyHere({ attention }: { readonly attention: Attention }) {
  const words = attentionWords(attention);
  return (
    <section aria-labelledby="why-here">
      <Title order={3} size="h5" id="why-here">
        Why here
      </Title>
      {words.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing asked for a look. The order is an aid for your eyes, and no judgement.
        </Text>
      ) : (
        <ul className={classes["why"]}>
          {words.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
