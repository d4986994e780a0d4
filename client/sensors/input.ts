import type { MomentarySignalKind } from "#domain/integrity/signal.ts";
import { lookRegularly } from "./regular-look.ts";
import type { Sensor, Told } from "./sensor.ts";

const kinds = { copy: "copied", cut: "cut", paste: "pasted" } as const satisfies Record<string, MomentarySignalKind>;
const types = ["copy", "cut", "paste"] as const satisfies readonly (keyof typeof kinds)[];

/** Copy, cut and paste, with how many characters: never the text. */
export function watchInput({ moment, beat }: Told): Sensor {
  const notice = (event: ClipboardEvent): void => {
    const kind = kinds[event.type as keyof typeof kinds];
    moment(kind, { count: kind === "pasted" ? pastedLength(event) : selectedLength(), confidence: null });
  };
  // While the event goes down: a field that stops it on its way up hides nothing.
  for (const type of types) document.addEventListener(type, notice, { capture: true });
  // Nothing to look at between two events: it beats as long as the page runs at all.
  const beating = lookRegularly(beat, () => {}, []);
  return {
    stop() {
      beating.stop();
      for (const type of types) document.removeEventListener(type, notice, { capture: true });
    },
  };
}

function pastedLength({ clipboardData }: ClipboardEvent): number | null {
  return clipboardData?.getData("text/plain").length ?? null;
}

function selectedLength(): number {
  const field = document.activeElement;
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
    return (field.selectionEnd ?? 0) - (field.selectionStart ?? 0);
  }
  return document.getSelection()?.toString().length ?? 0;
}
