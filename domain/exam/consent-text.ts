export type ConsentPoint = { readonly heading: string; readonly text: string };

/** What the candidate reads before consenting: what is collected, and why. */
export type ConsentText = { readonly title: string; readonly points: readonly ConsentPoint[] };

/** The exact characters that are hashed: the title, then each heading and text, a line each, ended by a line feed. */
export function consentTextCharacters(text: ConsentText): string {
  return [text.title, ...text.points.flatMap(({ heading, text: body }) => [heading, body])]
    .map((line) => `${line}\n`)
    .join("");
}
