import { validator } from "hono-openapi";
import type { Context } from "hono";
import type * as v from "valibot";
import { problem } from "./problem.ts";

type Path = readonly (PropertyKey | { readonly key: unknown })[];

/** A JSON body of this shape, else 400 with the paths of what is wrong, and never what was sent. */
export function jsonBody<Schema extends v.GenericSchema>(schema: Schema) {
  return validator("json", schema, (result, c) => {
    if (result.success) return;
    if (!isJson(c)) return problem(c, "unsupported-media-type", "The body is not application/json.");
    return problem(c, "bad-request", `Not as described: ${pathsOf(result.error)}.`);
  });
}

/** Ids in the path. One that could not be an id names nothing, so the answer is that of an id that is not there. */
export function pathIds<Schema extends v.GenericSchema>(schema: Schema) {
  return validator("param", schema, (result, c) => {
    if (!result.success) return problem(c, "not-found");
  });
}

export function query<Schema extends v.GenericSchema>(schema: Schema) {
  return validator("query", schema, (result, c) => {
    if (!result.success) return problem(c, "bad-request", `Not as described: ${pathsOf(result.error)}.`);
  });
}

function isJson(c: Context): boolean {
  return /^application\/json\b/i.test(c.req.header("content-type") ?? "");
}

/** The places that are not as a schema says, at most 20 of them: `sections[0].title, email`. */
export function pathsOf(issues: readonly { readonly path?: Path | undefined }[]): string {
  const paths = issues.slice(0, 20).map(({ path }) => (path === undefined ? "the whole" : pathText(path)));
  return [...new Set(paths)].join(", ");
}

/** `sections[0].items[2].points`. Its keys are the schema's own: `v.object` passes over those that a sender made up. */
function pathText(path: Path): string {
  return path
    .map((part) => (typeof part === "object" ? part.key : part))
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
}
