import { Button, Group, Text, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { IssuedKey } from "#protocol/http/api-key.ts";
import { announce } from "../ui/announcer.tsx";
import { formatMoment } from "../ui/format-moment.ts";
import styles from "./manage.module.css";

type IssuedKeyNoticeProps = { readonly issued: IssuedKey; readonly onDone: () => void };

/** A new key, this once. It stays until its owner says that it is kept. */
export function IssuedKeyNotice({ issued, onDone }: IssuedKeyNoticeProps) {
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
      await navigator.clipboard.writeText(issued.token);
      setCannotCopy(false);
      announce("Copied.");
    } catch {
      // The browser does not allow it, or the page is not in front. The field can be copied by hand.
      setCannotCopy(true);
    }
  }

  return (
    <section className={styles["linkNotice"]} ref={box} tabIndex={-1} aria-labelledby="key-title">
      <Text fw={650} id="key-title">
        ⚠ The key “{issued.name}”: you see it only now
      </Text>
      <Text size="sm" mb="sm" maw="44rem">
        We keep no copy. Put it where its program keeps secrets: whoever has it does what you have allowed it to do,
        until {formatMoment(issued.expiresAt)} or until it is revoked.
      </Text>
      <TextInput
        aria-label="The key"
        readOnly
        value={issued.token}
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
