/** `1 row`, `2,000 rows`. */
export function rowsWords(rows: number): string {
  return rows === 1 ? "1 row" : `${rows.toLocaleString("en")} rows`;
}

export function refusedWords(rows: number): string {
  if (rows === 0) return "No row was refused.";
  return rows === 1 ? "1 row was not taken." : `${rows.toLocaleString("en")} rows were not taken.`;
}
