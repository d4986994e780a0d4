/** Where somebody can write. */
export type Field = HTMLInputElement | HTMLTextAreaElement | HTMLElement;

/** The field that an event is about, or null. */
export function fieldOf(target: EventTarget | null): Field | null {
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return target;
  const element = target instanceof Text ? target.parentElement : target;
  return element instanceof HTMLElement && element.isContentEditable ? element : null;
}

export function textLengthOf(field: Field): number {
  return "value" in field ? field.value.length : (field.textContent ?? "").length;
}
