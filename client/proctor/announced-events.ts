import { useEffect } from "react";
import type { FeedEntry } from "#protocol/session/down.ts";
import { announce } from "../ui/announcer.tsx";
import { factSentence } from "../ui/fact-sentence.ts";
import type { ConsoleSession } from "./console-session.ts";
import type { SittingConsole } from "./room-lines.ts";

/** [I16] What is worth an interruption of somebody who listens to the page, or null. */
export function announcementOf({ name, fact, by }: FeedEntry): string | null {
  switch (fact.type) {
    case "violationNoted": {
      const { response = "log", reason } = fact.violation;
      return response === "log" ? null : `${name}: ${reason}`;
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

/** Says what is new in each room; what was there at the welcome is not said. */
export function useAnnouncedEvents({ lines }: SittingConsole): void {
  useEffect(() => {
    const stops = new Map<ConsoleSession, () => void>();
    function listen(): void {
      const sessions = new Set(lines.get().map(({ session }) => session));
      for (const [session, stop] of stops) {
        if (sessions.has(session)) continue;
        stop();
        stops.delete(session);
      }
      for (const session of sessions) if (!stops.has(session)) stops.set(session, sayEvents(session));
    }
    listen();
    const stopListening = lines.subscribe(listen);
    return () => {
      stopListening();
      for (const stop of stops.values()) stop();
    };
  }, [lines]);
}

function sayEvents({ room }: ConsoleSession): () => void {
  let said: number | null = room.get().title === null ? null : room.get().position;
  return room.subscribe(() => {
    const { feed, position } = room.get();
    const last = said;
    said = position;
    if (last === null) return;
    const fresh = feed.filter((entry) => entry.position > last).toReversed();
    const texts = fresh.map(announcementOf).filter((text) => text !== null);
    if (texts.length > 0) announce(texts.join(" "));
  });
}
