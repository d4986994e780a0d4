import { Button, Group, Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { type Column, csvHead, csvRows, isoMoment } from "#protocol/http/csv.ts";
import { announce } from "../ui/announcer.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { download } from "../ui/download.ts";
import { formatMoment } from "../ui/format-moment.ts";
import styles from "./manage.module.css";

/** A member who was invited. `mail`: null where none was asked for. */
export type InvitedLink = {
  readonly email: string;
  readonly link: string;
  readonly mail: "queued" | "failed" | null;
  readonly expiresAt: number;
};

const columns: readonly Column<InvitedLink>[] = [
  ["email", ({ email }) => email],
  ["link", ({ link }) => link],
  ["mail", ({ mail }) => mail],
  ["valid_until", ({ expiresAt }) => isoMoment(expiresAt)],
];

type InvitedLinksProps = { readonly invited: readonly InvitedLink[]; readonly onDone: () => void };

/** The links of those who were invited, this once. They stay until somebody says that they are not needed any more. */
export function InvitedLinks({ invited, onDone }: InvitedLinksProps) {
  const [kept, setKept] = useState<readonly InvitedLink[]>([]);
  const [isAsked, setIsAsked] = useState(false);
  const isKept = kept === invited;
  const box = useRef<HTMLElement>(null);

  useEffect(() => {
    if (invited.length > 0) box.current?.focus();
  }, [invited]);
  const unsent = invited.filter(({ mail }) => mail !== "queued").length;

  useEffect(() => {
    if (isKept || unsent === 0) return;
    function ask(event: BeforeUnloadEvent) {
      event.preventDefault();
    }
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isKept, unsent]);

  function downloadAll() {
    download("member-links.csv", "text/csv", csvHead(columns) + csvRows(columns, invited));
    setKept(invited);
    announce("Downloaded.");
  }

  return (
    <section
      className={styles["linkNotice"]}
      ref={box}
      tabIndex={-1}
      aria-labelledby="invited-links-title"
      style={{ marginBottom: "1rem" }}
    >
      <Text fw={650} id="invited-links-title">
        ⚠ {linksWords(invited.length)}: you can download {invited.length === 1 ? "it" : "them"} only now
      </Text>
      <Text size="sm" mb="sm" maw="44rem">
        {mailWords(invited)} Each link is for one person alone, and works once, until{" "}
        {formatMoment(Math.max(...invited.map(({ expiresAt }) => expiresAt)))}.
      </Text>
      <Group gap="xs">
        <Button variant="default" onClick={downloadAll}>
          Download the links
        </Button>
        <Button variant="default" onClick={() => (isKept || unsent === 0 ? onDone() : setIsAsked(true))}>
          Done
        </Button>
        {isKept ? <Text size="sm">✓ Downloaded</Text> : null}
      </Group>
      {isAsked ? (
        <Dialog
          title="Go on without the links?"
          onDismiss={() => setIsAsked(false)}
          actions={
            <>
              <Button onClick={() => setIsAsked(false)}>Go back and download them</Button>
              <Button variant="default" onClick={onDone}>
                Go on without them
              </Button>
            </>
          }
        >
          <Text>
            {linksWords(unsent)} {unsent === 1 ? "was" : "were"} not sent by email, and cannot be shown again. You could
            only give these people a new way in, one by one.
          </Text>
        </Dialog>
      ) : null}
    </section>
  );
}

function mailWords(invited: readonly InvitedLink[]): string {
  const failed = invited.filter(({ mail }) => mail === "failed").length;
  const isMailed = invited.some(({ mail }) => mail !== null);
  if (!isMailed) return "No mail was sent: download the links, and give each person their own.";
  if (failed === 0) return "They are sent by email. Under Mail you see what could not be.";
  return `${failed === 1 ? "1 mail" : `${failed.toLocaleString("en")} mails`} could not be sent: download the links, and give these people theirs. The file says who they are.`;
}

function linksWords(links: number): string {
  return links === 1 ? "1 link" : `${links.toLocaleString("en")} links`;
}
