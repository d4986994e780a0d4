import { Checkbox, Text, Title } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { SeverityBadge } from "../proctor/severity-badge.tsx";
import { useStore } from "../session/store.ts";
import { formatTime } from "../ui/format-moment.ts";
import type { Playback } from "./playback.ts";
import styles from "./review.module.css";
import { entryAt, groupWords, type TimelineEntry, type TimelineGroup, timelineGroups } from "./timeline-entry.ts";

type TimelineProps = { readonly entries: readonly TimelineEntry[]; readonly playback: Playback };

const shownAtFirst: readonly TimelineGroup[] = ["violations", "people", "progress"];

/** What happened, in order. An event leads both pictures to its moment; the event of the moment shown is marked. */
export function Timeline({ entries, playback }: TimelineProps) {
  const [groups, setGroups] = useState<readonly TimelineGroup[]>(shownAtFirst);
  const list = useRef<HTMLOListElement>(null);
  const shown = entries.filter(({ group }) => groups.includes(group));
  const current = useStore(playback.state, ({ at }) => entryAt(shown, at)?.seq ?? null);

  useEffect(() => {
    const box = list.current;
    const entry = box?.querySelector<HTMLElement>(`[data-seq="${current ?? ""}"]`);
    if (box === null || entry === null || entry === undefined) return;
    // Only the list itself moves: scrollIntoView would move the page under a reader elsewhere.
    const isAbove = entry.offsetTop < box.scrollTop;
    const isBelow = entry.offsetTop + entry.offsetHeight > box.scrollTop + box.clientHeight;
    if (isAbove || isBelow) box.scrollTop = entry.offsetTop - box.clientHeight / 3;
  }, [current]);

  function toggle(group: TimelineGroup) {
    setGroups((before) => (before.includes(group) ? before.filter((one) => one !== group) : [...before, group]));
  }

  return (
    <section className={styles["timeline"]} aria-labelledby="timeline-title">
      <Title order={2} size="h4" id="timeline-title" p="sm" pb={0}>
        Timeline
      </Title>
      <fieldset className={styles["filters"]}>
        <legend>Show in the timeline</legend>
        {timelineGroups.map((group) => (
          <Checkbox
            key={group}
            size="xs"
            label={`${groupWords[group]} (${entries.filter((entry) => entry.group === group).length})`}
            checked={groups.includes(group)}
            onChange={() => toggle(group)}
          />
        ))}
      </fieldset>
      {shown.length === 0 ? (
        <Text size="sm" c="dimmed" p="sm">
          Nothing of what you chose happened. Mark more above.
        </Text>
      ) : null}
      <ol className={styles["entries"]} ref={list}>
        {shown.map((entry) => (
          <li key={entry.seq}>
            <button
              type="button"
              className={styles["entry"]}
              data-seq={entry.seq}
              data-violation={entry.group === "violations"}
              aria-current={entry.seq === current ? "true" : undefined}
              onClick={() => playback.goTo(entry.moment)}
            >
              <span className={styles["when"]}>{formatTime(entry.moment)}</span>
              <span>
                {entry.severity === null ? null : (
                  <>
                    <span aria-hidden="true">⚠ </span>Violation <SeverityBadge severity={entry.severity} />{" "}
                  </>
                )}
                {entry.text}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
