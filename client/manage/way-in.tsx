import { Button, Group, Text, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { Invitation } from "#protocol/http/member.ts";
import { announce } from "../ui/announcer.tsx";
import { formatMoment } from "../ui/format-moment.ts";
import styles from "./manage.module.css";

type WayInProps = { readonly invitation: Invitation; readonly onDone: () => void };

/** The link by which a member chooses a password, this once. */
export function WayIn({ invitation: { member, link, expiresAt }, onDone }: WayInProps) {
  const box = useRef<HTMLElement>(null);
  const [copying, setCopying] = useState<"copied" | "cannot" | null>(null);

  useEffect(() => {
    box.current?.focus();
  }, []);

  async function copy() {
    try {
      await navigator.clipboard.writeText(link);
      setCopying("copied");
      announce("Copied.");
    } catch {
      // The browser does not allow it, or the page is not in front. The field can be copied by hand.
      setCopying("cannot");
    }
  }

  return (
    <section
      className={styles["linkNotice"]}
      ref={box}
      tabIndex={-1}
      aria-labelledby="way-in-title"
      style={{ marginBottom: "1rem" }}
    >
      <Text fw={650} id="way-in-title">
        ⚠ The way in for {member.name}: you see it only now
      </Text>
      <Text size="sm" mb="sm">
        It is for {member.email} alone. Whoever opens it chooses the password, so send it to nobody else. It works once,
        until {formatMoment(expiresAt)}.
      </Text>
      <TextInput
        aria-label={`Link for ${member.name}`}
        readOnly
        value={link}
        classNames={{ input: styles["links"] ?? "" }}
        onFocus={(event) => event.currentTarget.select()}
      />
      {copying === "cannot" ? (
        <Text size="sm" mt="xs" role="alert">
          The browser does not let this page copy. Choose the link above and copy it yourself.
        </Text>
      ) : null}
      <Group mt="sm" gap="xs">
        <Button onClick={() => void copy()}>Copy the link</Button>
        <Button variant="default" onClick={onDone}>
          Done
        </Button>
        {copying === "copied" ? <Text size="sm">✓ Copied</Text> : null}
      </Group>
    </section>
  );
}
