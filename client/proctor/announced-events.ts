import { useEffect } from "react";
import type { FeedEntry } from "#protocol/session/down.ts";
import { announce } from "../ui/announcer.tsx";
import { factSentence } from "../ui/fact-sentence.ts";
import type { ConsoleSession } from "./console-session.ts";

/** What is worth an interruption of somebody who listens to the page, or null. */
export function announcementOf({ name, fact, by }: FeedEntry): string | null {
  switch (fact.type) {
    case "violationNoted": {
      const { severity, reason } = fact.violation;
      return severity === "high" || severity === "critical" ? `${name}: ${reason}` : null;
    }
    case "messageSent":
      return by.kind === "candidate" ? `${name} writes: ${fact.text}` : null;
    case "takeOverAsked":
    case "admissionRequested":
      return `${name}: ${factSentence(fact, by)}`;
    case "browserBound":
      return fact.how === undefined ? null : `${name}: ${factSentence(fact, by)}`;
    default:
      return null;
  }
}

/** Says what is new; what was there at the welcome is not said. */
export function useAnnouncedEvents({ room }: ConsoleSession): void {
  useEffect(() => {
    let said: number | null = null;
    return room.subscribe(() => {
      const { feed, position } = room.get();
      const last = said;
      said = position;
      if (last === null) return;
      const fresh = feed.filter((entry) => entry.position > last).toReversed();
      const texts = fresh.map(announcementOf).filter((text) => text !== null);
      if (texts.length > 0) announce(texts.join(" "));
    });
  }, [room]);
}
