import { Button, Group, Text } from "@mantine/core";
import { useEffect, useRef } from "react";
import { download } from "../ui/download.ts";
import styles from "./manage.module.css";

type RecoveryCodesProps = { readonly codes: readonly string[]; readonly onDone: () => void };

/** New recovery codes, this once. They stay until their owner says that they are kept. */
export function RecoveryCodes({ codes, onDone }: RecoveryCodesProps) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    box.current?.focus();
  }, []);
  useEffect(() => {
    function ask(event: BeforeUnloadEvent) {
      event.preventDefault();
    }
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, []);

  return (
    <section className={styles["linkNotice"]} ref={box} tabIndex={-1} aria-labelledby="codes-title">
      <Text fw={650} id="codes-title">
        ⚠ Your recovery codes: you see them only now
      </Text>
      <Text size="sm" mb="sm" maw="44rem">
        Each of them signs you in once, with your password, on a day when you do not have your app. Print them or write
        them down, and keep them where nobody finds them with your password.
      </Text>
      <ul className={styles["codes"]}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group>
        <Button
          variant="default"
          onClick={() => download("invigil-recovery-codes.txt", "text/plain", `${codes.join("\n")}\n`)}
        >
          Download them
        </Button>
        <Button onClick={onDone}>I have kept them</Button>
      </Group>
    </section>
  );
}
