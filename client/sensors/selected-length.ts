/**
 * How many characters are selected, in the field that has the focus or on the page. A field may keep the focus while text
 * beside it is selected; a browser may leave out of the page's selection what is selected in a field.
 */
export function selectedLength(): number {
  const field = document.activeElement;
  const isField = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
  const inField = isField ? (field.selectionEnd ?? 0) - (field.selectionStart ?? 0) : 0;
  return Math.max(inField, document.getSelection()?.toString().length ?? 0);
}
