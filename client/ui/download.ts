/**
 * Gives the person a file with this text. A CSV gets a byte order mark, without which Excel takes UTF-8 for something else;
 * programs, which read it from the API, get none.
 */
export function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(
    new Blob([type === "text/csv" ? "\uFEFF" : "", text], { type: `${type};charset=utf-8` }),
  );
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the bytes by the next task.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
