import { Anchor, Button, Group, Text, Title } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { checkCode, type CheckResult } from "#protocol/system-check.ts";
import { announce } from "../ui/announcer.tsx";
import styles from "./system-check.module.css";

/** The result as a code: to be sent or read aloud to whoever helps. */
export function CodeForSupport({ result }: { readonly result: CheckResult }) {
  const code = checkCode(result);
  const [copied, setCopied] = useState<"copied" | "could-not" | null>(null);
  const link = `${window.location.origin}/check/${code}`;

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(link);
      setCopied("copied");
      announce("Copied.");
    } catch {
      // The browser does not allow it, or the page is not in front. The code can be copied or read aloud.
      setCopied("could-not");
    }
  }

  return (
    <section className={styles["support"]} aria-labelledby="support-title">
      <Title order={2} size="h4" id="support-title">
        Do you need help with it?
      </Title>
      <Text size="sm">
        Send your institution this code, or read it aloud. It says what was found above, and which browser and system
        you use. It does not say who you are, and nothing of it is kept here.
      </Text>
      <p className={styles["code"]} data-testid="code">
        {code}
      </p>
      <Group gap="sm">
        <Button variant="default" onClick={() => void copy()}>
          Copy as a link
        </Button>
        <Anchor component={Link} to={`/check/${code}`} underline="always" size="sm">
          See what the code says
        </Anchor>
        {copied === "copied" ? <Text size="sm">✓ Copied</Text> : null}
      </Group>
      {copied === "could-not" ? (
        <Text size="sm" mt="xs" role="alert">
          The browser does not let this page copy. Choose the code above and copy it yourself.
        </Text>
      ) : null}
    </section>
  );
}
