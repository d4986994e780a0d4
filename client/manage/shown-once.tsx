import { Button, Group, Text, TextInput } from "@mantine/core";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { announce } from "../ui/announcer.tsx";
import styles from "./manage.module.css";

type ShownOnceProps = {
  readonly title: string;
  /** What the value is called to a screen reader. */
  readonly label: string;
  readonly value: string;
  readonly onDone: () => void;
  readonly children: ReactNode;
};

/** A secret, this once. It stays until its owner says that it is kept. */
export function ShownOnce({ title, label, value, onDone, children }: ShownOnceProps) {
  const titleId = useId();
  const box = useRef<HTMLElement>(null);
  const [cannotCopy, setCannotCopy] = useState(false);

  useEffect(() => {
    box.current?.focus();
    function ask(event: BeforeUnloadEvent) {
      event.preventDefault();
    }
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, []);

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setCannotCopy(false);
      announce("Copied.");
    } catch {
      // The browser does not allow it, or the page is not in front. The field can be copied by hand.
      setCannotCopy(true);
    }
  }

  return (
    <section className={styles["linkNotice"]} ref={box} tabIndex={-1} aria-labelledby={titleId}>
      <Text fw={650} id={titleId}>
        ⚠ {title}: you see it only now
      </Text>
      <Text size="sm" mb="sm" maw="44rem">
        {children}
      </Text>
      <TextInput
        aria-label={label}
        readOnly
        value={value}
        classNames={{ input: styles["links"] ?? "" }}
        onFocus={(event) => event.currentTarget.select()}
      />
      {cannotCopy ? (
        <Text size="sm" mt="xs" role="alert">
          The browser does not let this page copy. Choose the text above and copy it yourself.
        </Text>
      ) : null}
      <Group mt="sm" gap="xs">
        <Button variant="default" onClick={() => void copy()}>
          Copy
        </Button>
        <Button onClick={onDone}>I have kept it</Button>
      </Group>
    </section>
  );
}
