import type { MomentarySignalKind, SignalDetail } from "#domain/integrity/signal.ts";
import type { Sensor } from "./watch-candidate.ts";

const kinds = { copy: "copied", cut: "cut", paste: "pasted" } as const satisfies Record<string, MomentarySignalKind>;

/** Copy, cut and paste, with how many characters: never the text. */
export function watchClipboard(moment: (kind: MomentarySignalKind, detail: SignalDetail) => void): Sensor {
  const notice = (event: ClipboardEvent): void => {
    const kind = kinds[event.type as keyof typeof kinds];
    moment(kind, { count: kind === "pasted" ? pastedLength(event) : selectedLength(), confidence: null });
  };
  for (const type of Object.keys(kinds)) document.addEventListener(type as keyof typeof kinds, notice);
  return {
    stop() {
      for (const type of Object.keys(kinds)) document.removeEventListener(type as keyof typeof kinds, notice);
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
