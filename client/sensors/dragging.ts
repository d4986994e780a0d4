import { fieldOf } from "./field.ts";
import { selectedLength } from "./selected-length.ts";
import type { Told } from "./sensor.ts";

/**
 * Tells what is dropped into the page, and what of it is dropped elsewhere, until it is aborted. Moving words within one
 * field is editing. A drag that ends nowhere is an accident: it happens to whoever selects text twice.
 *
 * @param isHeldBack whether a drop is kept from working
 */
export function watchDragging(tell: Told["moment"], isHeldBack: () => boolean, signal: AbortSignal): void {
  const heard = { capture: true, signal } as const;
  /** What is being dragged out of this page; null while nothing is, or something from elsewhere. */
  let dragged: { readonly from: EventTarget | null; readonly count: number } | null = null;
  let isDroppedHere = false;

  const isEditing = ({ target }: DragEvent): boolean => {
    const field = fieldOf(target);
    return field !== null && dragged !== null && fieldOf(dragged.from) === field;
  };

  window.addEventListener(
    "dragstart",
    ({ target }) => {
      dragged = { from: target, count: selectedLength() };
      isDroppedHere = false;
    },
    heard,
  );
  window.addEventListener(
    "dragover",
    (event) => {
      // Without this no drop is told where there is no field, and a file that is dropped there takes the exam's place.
      if (isHeldBack() && !isEditing(event)) event.preventDefault();
    },
    heard,
  );
  window.addEventListener(
    "drop",
    (event) => {
      isDroppedHere = true;
      if (isEditing(event)) return;
      if (isHeldBack()) event.preventDefault();
      // What comes from this page and goes to no field of it went nowhere.
      if (dragged !== null && fieldOf(event.target) === null) return;
      tell("drag-and-drop", { count: lengthOf(event), confidence: null });
    },
    heard,
  );
  window.addEventListener(
    "dragend",
    ({ dataTransfer }) => {
      const wasTaken = dataTransfer !== null && dataTransfer.dropEffect !== "none";
      if (dragged !== null && wasTaken && !isDroppedHere) {
        tell("drag-and-drop", { count: dragged.count, confidence: null });
      }
      dragged = null;
    },
    heard,
  );
}

/** Null for what is no text, such as a file. */
function lengthOf({ dataTransfer }: DragEvent): number | null {
  const text = dataTransfer?.getData("text/plain") ?? "";
  return text === "" ? null : text.length;
}
