import type { MomentarySignalKind, SignalKind } from "#domain/integrity/signal.ts";
import { watchDragging } from "./dragging.ts";
import { noticedKeys } from "./key-press.ts";
import { lookRegularly } from "./regular-look.ts";
import type { Sensor, Told } from "./sensor.ts";
import { selectedLength } from "./selected-length.ts";
import { watchTyping } from "./typing.ts";

const clipboardKinds = { copy: "copied", cut: "cut", paste: "pasted" } as const satisfies Record<
  string,
  MomentarySignalKind
>;

/**
 * What is pasted, dragged, typed in a burst and pressed: how many characters or which keys, never the text. Where the
 * policy looks for it, the menu, printing, dragging and the noticed shortcuts are also kept from working; copying and
 * pasting are not, because assistive technology and text editing need them.
 *
 * @param isOn whether the policy looks for this kind; what it does not look for is neither told nor held back
 */
export function watchInput({ moment, beat }: Told, isOn: (kind: SignalKind) => boolean): Sensor {
  const tell: Told["moment"] = (kind, detail) => {
    if (isOn(kind)) moment(kind, detail);
  };
  const listening = new AbortController();
  const { signal } = listening;
  // While the event goes down, before anything else: a field that stops it on its way up hides nothing.
  const heard = { capture: true, signal } as const;
  const isMac = /mac/i.test(navigator.userAgent);
  let isPictureKeyDown = false;

  const onClipboard = (event: ClipboardEvent): void => {
    const kind = clipboardKinds[event.type as keyof typeof clipboardKinds];
    const count = kind === "pasted" ? pastedLength(event) : selectedLength();
    // Ctrl+C with nothing selected is a slip of the hand, and so is Ctrl+V with nothing to paste: nothing went anywhere.
    if (count !== 0) tell(kind, { count, confidence: null });
  };
  for (const type of ["copy", "cut", "paste"] as const) window.addEventListener(type, onClipboard, heard);

  window.addEventListener(
    "contextmenu",
    (event) => {
      // Long pressing is how text is selected with a finger.
      if (event instanceof PointerEvent && event.pointerType === "touch") return;
      if (!isOn("context-menu")) return;
      event.preventDefault();
      tell("context-menu", { count: null, confidence: null });
    },
    heard,
  );

  window.addEventListener("beforeprint", () => tell("print", { count: null, confidence: null }), heard);

  window.addEventListener(
    "keydown",
    (event) => {
      const noticed = noticedKeys(event, isMac);
      if (noticed === null || !isOn(noticed.kind)) return;
      event.preventDefault();
      if (event.key === "PrintScreen") isPictureKeyDown = true;
      if (!event.repeat) tell(noticed.kind, { count: null, confidence: null, subject: noticed.keys });
    },
    heard,
  );
  window.addEventListener(
    "keyup",
    (event) => {
      if (event.key !== "PrintScreen") return;
      // Windows says only that the key came up.
      if (!isPictureKeyDown) tell("print-screen", { count: null, confidence: null, subject: "PrintScreen" });
      isPictureKeyDown = false;
    },
    heard,
  );

  watchDragging(tell, () => isOn("drag-and-drop"), signal);
  const typing = watchTyping((count) => tell("burst-typed", { count, confidence: null }), signal);
  const looking = lookRegularly(beat, () => typing.rest(), []);

  return {
    stop() {
      looking.stop();
      listening.abort();
    },
  };
}

/** Null for what is no text, such as a picture. */
function pastedLength({ clipboardData }: ClipboardEvent): number | null {
  if (clipboardData === null || clipboardData.types.length === 0) return 0;
  const text = clipboardData.getData("text/plain");
  return text === "" ? null : text.length;
}
