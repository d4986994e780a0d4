import { Button, Group, Text, Textarea } from "@mantine/core";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { csvHead, csvRows } from "#protocol/http/csv.ts";
import { type IssuedLink, issuedLinkColumns } from "#protocol/http/registration.ts";
import type { Sitting } from "#protocol/http/sitting.ts";
import { announce } from "../ui/announcer.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { download } from "../ui/download.ts";
import { count } from "../ui/format-duration.ts";
import { formatMoment } from "../ui/format-moment.ts";
import { Loading } from "../ui/loading.tsx";
import styles from "./manage.module.css";

const LazySheet = lazy(() => import("./link-sheet.tsx").then((part) => ({ default: part.LinkSheet })));

type IssuedLinksProps = {
  readonly links: readonly IssuedLink[];
  readonly sitting: Sitting;
  readonly onDone: () => void;
};

/** The links, this once. They stay until somebody says that they are kept elsewhere. */
export function IssuedLinks({ links, sitting, onDone }: IssuedLinksProps) {
  const box = useRef<HTMLElement>(null);
  const [kept, setKept] = useState<readonly IssuedLink[]>([]);
  const [isAsked, setIsAsked] = useState(false);
  const [cannotCopy, setCannotCopy] = useState(false);
  const [hasCodes, setHasCodes] = useState(false);
  const lines = links.map(({ name, link }) => `${name}\t${link}`).join("\n");
  const areKept = kept === links;

  useEffect(() => {
    if (links.length > 0) box.current?.focus();
  }, [links]);

  useEffect(() => {
    if (areKept) return;
    function ask(event: BeforeUnloadEvent) {
      event.preventDefault();
    }
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [areKept]);

  async function copyAll() {
    try {
      await navigator.clipboard.writeText(lines);
      setKept(links);
      setCannotCopy(false);
      announce("Copied.");
    } catch {
      // The browser does not allow it, or the page is not in front. The field can be copied by hand.
      setCannotCopy(true);
    }
  }

  function downloadAll() {
    download("links.csv", "text/csv", csvHead(issuedLinkColumns) + csvRows(issuedLinkColumns, links));
    setKept(links);
  }

  async function downloadCalendars() {
    try {
      const { downloadCalendar } = await import("./link-sheet.tsx");
      downloadCalendar(links, sitting);
      setKept(links);
    } catch {
      announce("The calendar file could not be made. Check your connection and try again.");
    }
  }

  return (
    <section className={styles["linkNotice"]} ref={box} tabIndex={-1} aria-labelledby="links-title">
      <Text fw={650} id="links-title">
        ⚠ {count(links.length, "link")} for {sitting.title}: you see {links.length === 1 ? "it" : "them"} only now
      </Text>
      <Text size="sm" mb="sm">
        We keep no copy. Copy or download before you leave this page, and send each person their own. A link is valid
        until {formatMoment(Math.max(...links.map(({ expiresAt }) => expiresAt)))} and belongs to the first browser that
        begins with it.
      </Text>
      <Text size="sm" mb="sm">
        Send this address along: there everybody can check their computer some days before, without a link or an
        account. <code>{window.location.origin}/check</code>
      </Text>
      <Textarea
        aria-label="Names and links"
        readOnly
        rows={Math.min(8, links.length + 1)}
        value={lines}
        classNames={{ input: styles["links"] ?? "" }}
        onFocus={(event) => event.currentTarget.select()}
      />
      {cannotCopy ? (
        <Text size="sm" mt="xs" role="alert">
          The browser does not let this page copy. Choose the text above and copy it yourself, or download it.
        </Text>
      ) : null}
      <Group mt="sm" gap="xs">
        <Button onClick={() => void copyAll()}>Copy all</Button>
        <Button variant="default" onClick={downloadAll}>
          Download as CSV
        </Button>
        <Button variant="default" onClick={() => void downloadCalendars()}>
          Download as calendar
        </Button>
        <Button variant="default" aria-expanded={hasCodes} onClick={() => setHasCodes(!hasCodes)}>
          {hasCodes ? "Hide the QR codes" : "QR codes"}
        </Button>
        {hasCodes ? (
          <Button variant="default" onClick={() => window.print()}>
            Print the QR codes
          </Button>
        ) : null}
        <Button variant="default" onClick={() => (areKept ? onDone() : setIsAsked(true))}>
          Done
        </Button>
        {areKept ? <Text size="sm">✓ Copied or downloaded</Text> : null}
      </Group>
      {hasCodes ? (
        <Suspense fallback={<Loading what="the QR codes" />}>
          <LazySheet links={links} sitting={sitting} />
        </Suspense>
      ) : null}
      {isAsked ? (
        <Dialog
          title="Hide the links without keeping them?"
          onDismiss={() => setIsAsked(false)}
          actions={
            <>
              <Button onClick={() => setIsAsked(false)}>Go back and keep them</Button>
              <Button variant="default" onClick={onDone}>
                Hide them
              </Button>
            </>
          }
        >
          <Text>
            You have neither copied nor downloaded them. They cannot be shown again; you could only issue new ones.
          </Text>
        </Dialog>
      ) : null}
    </section>
  );
}
