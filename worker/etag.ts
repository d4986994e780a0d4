import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./app-env.ts";
import { readState, type Replaced, type Replacement, type State } from "./database/seen-state.ts";
import { documented } from "./documented.ts";
import { sha256Hex } from "./sha256-hex.ts";

/** The strong validator of something that was changed last at this moment (RFC 9110, section 8.8.3). */
export function etagOf({ updatedAt }: { readonly updatedAt: number }): string {
  return `"${updatedAt}"`;
}

/**
 * The moments that the request's If-Match names; null where it asks for none, or for any. What is no validator of ours
 * names nothing, and so matches nothing (RFC 9110, section 13.1.1).
 */
export function momentsToMatch(c: Context): readonly number[] | null {
  return (
    namedIn(c)?.flatMap((one) => {
      const moment = /^"(\d{1,15})"$/.exec(one)?.[1];
      return moment === undefined ? [] : [Number(moment)];
    }) ?? null
  );
}

/** The strong validator of something in this state: a hash, which says nothing of it. */
export async function etagOfText(state: string): Promise<string> {
  return `"${(await sha256Hex(new TextEncoder().encode(state))).slice(0, 32)}"`;
}

/** Whether the request's If-Match lets something in this state be replaced. */
export async function isMatched(c: Context, state: string): Promise<boolean> {
  const named = namedIn(c);
  return named === null || named.includes(await etagOfText(state));
}

/** Gives the answer the ETag of what the caller has made of it, whatever others made of that meanwhile. */
export async function tagReplaced(c: Context, { text }: Replacement): Promise<void> {
  if (text !== null) c.header("etag", await etagOfText(text));
}

/**
 * Reads something with the ETag of its state: the state first, so that what comes between makes the tag too old, and never
 * what was read. Nothing that is not there has a tag.
 */
export async function readTagged<Content>(
  c: Context,
  database: D1Database,
  state: State,
  read: () => Promise<Content>,
): Promise<Content> {
  const text = await readState(database, state);
  const content = await read();
  if (text !== null && content !== null) c.header("etag", await etagOfText(text));
  return content;
}

/** With what the request's If-Match says was seen, to be asked for again where it is replaced. */
export async function seenBy(c: Context, database: D1Database, state: State): Promise<Replaced | "changed-meanwhile"> {
  if (!hasCondition(c)) return { state, seen: null };
  const text = await readState(database, state);
  return text !== null && (await isMatched(c, text)) ? { state, seen: { text } } : "changed-meanwhile";
}

/** Whether the request is to be refused where something else was seen. */
export function hasCondition(c: Context): boolean {
  return namedIn(c) !== null;
}

/**
 * The validators in If-Match; null where it is not there, or any will do. A weak one is taken for ours: the platform's edge
 * makes the tag of an answer weak that it compresses, and the state that a tag stands for is the same.
 */
function namedIn(c: Context): readonly string[] | null {
  const header = c.req.header("if-match")?.trim();
  if (header === undefined || header === "*") return null;
  return header.split(",").map((one) => one.trim().replace(/^W\//, ""));
}

/** Says in the API's description that a change may be made only of what the caller has seen. */
export const takesIfMatch = documented(
  createMiddleware<AppEnv>((_, next) => next()),
  {
    "x-problems": ["changed-meanwhile"],
    parameters: [
      {
        in: "header",
        name: "If-Match",
        required: false,
        description: "The ETag that it was read with: then it is not changed when somebody else has changed it since.",
        schema: { type: "string" },
      },
    ],
  },
);
