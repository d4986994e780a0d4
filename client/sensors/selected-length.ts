/** How many characters are selected, in the field that has the focus or on the page. */
export function selectedLength(): number {
  const field = document.activeElement;
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
    return (field.selectionEnd ?? 0) - (field.selectionStart ?? 0);
  }
  return document.getSelection()?.toString().length ?? 0;
}
