import { type Field, fieldOf, textLengthOf } from "./field.ts";
import { createTypingBurst } from "./typing-burst.ts";

/** Tells how many characters came as a burst, until it is aborted. `rest` is to be called about once a second. */
export function watchTyping(onBurst: (count: number) => void, signal: AbortSignal): { readonly rest: () => void } {
  const burst = createTypingBurst();
  const lengths = new WeakMap<Field, number>();
  const heard = { capture: true, signal } as const;
  /** When the last key that nothing was inserted for yet went down. */
  let keyAt: number | null = null;

  const tell = (count: number | null): void => {
    if (count !== null) onBurst(count);
  };
  const remember = ({ target }: Event): void => {
    const field = fieldOf(target);
    if (field !== null) lengths.set(field, textLengthOf(field));
  };
  // An extension that fills a field announces nothing before: then it is what the field had when it took the focus, or
  // when something was last typed there.
  for (const type of ["focusin", "beforeinput"] as const) window.addEventListener(type, remember, heard);
  // The key's time is that of the hand. The input's is when the page came to it, which is late on a busy computer.
  window.addEventListener("keydown", ({ timeStamp }) => (keyAt = timeStamp), heard);
  window.addEventListener(
    "input",
    (event) => {
      const field = fieldOf(event.target);
      if (field === null) return;
      const length = textLengthOf(field);
      const input = event instanceof InputEvent ? event : null;
      // Only the browser's own word says how text came: a program can say what it likes.
      const said = event.isTrusted ? input : null;
      tell(
        burst.read({
          inputType: said?.inputType ?? "",
          isComposing: said?.isComposing ?? false,
          // What was typed over a selection counts in full.
          grewBy: input?.data?.length ?? length - (lengths.get(field) ?? length),
          text: input?.data ?? null,
          at: keyAt ?? event.timeStamp,
        }),
      );
      keyAt = null;
      lengths.set(field, length);
    },
    heard,
  );
  return { rest: () => tell(burst.rest(performance.now())) };
}
