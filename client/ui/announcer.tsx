import { VisuallyHidden } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { createStore } from "../session/store.ts";

type Announcements = { readonly polite: string; readonly assertive: string };

const announcements = createStore<Announcements>({ polite: "", assertive: "" });

/** A trailing no-break space makes a sentence that is said twice differ from itself, or readers would skip it. */
function differentFrom(before: string, text: string): string {
  return before === text ? `${text}\u00a0` : text;
}

/** Says a sentence to people who listen to the page: when they are idle, or at once when it cannot wait. */
export function announce(text: string, urgency: "polite" | "assertive" = "polite"): void {
  const before = announcements.get();
  announcements.set({ ...before, [urgency]: differentFrom(before[urgency], text) });
}

/** The two live regions. They are in the page from its beginning, as screen readers want them. */
export function Announcer() {
  const { polite, assertive } = useSyncExternalStore(announcements.subscribe, announcements.get);
  return (
    <>
      <VisuallyHidden component="output" aria-live="polite">
        {polite}
      </VisuallyHidden>
      <VisuallyHidden role="alert" aria-live="assertive">
        {assertive}
      </VisuallyHidden>
    </>
  );
}
