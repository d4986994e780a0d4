/** Whether the database refused with these words: drizzle wraps what SQLite and its triggers say. */
export function says(error: unknown, words: RegExp): boolean {
  for (let each = error; each instanceof Error; each = each.cause) if (words.test(each.message)) return true;
  return false;
}
