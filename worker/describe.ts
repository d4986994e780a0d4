import { describeRoute, resolver } from "hono-openapi";
import type * as v from "valibot";
import type { Column } from "#protocol/http/csv.ts";
import type { ProblemCode } from "#protocol/http/problem.ts";

/** The media type of a body that is no JSON: `application/zip`. */
type MediaType = `${string}/${string}`;

/**
 * How /openapi.json shows a route. `answers`: for each status of success a schema, a media type, or null for an empty
 * body. What doors in front of the route refuse with, and what any request may be refused with, is added by openapi.ts.
 */
export type RouteDescription = {
  readonly summary: string;
  readonly tag: string;
  readonly answers: Readonly<Record<number, v.GenericSchema | MediaType | null>>;
  readonly problems?: readonly ProblemCode[];
  /** Of an answer that is given as a CSV too, whole, where `Accept` asks for it. */
  readonly csv?: readonly Column<never>[];
  /** Of an answer that has an ETag, for the If-Match of a replacement. */
  readonly hasEtag?: true;
};

type Content = Record<
  string,
  { schema: ReturnType<typeof resolver> } | { schema: { type: "string"; description?: string } }
>;

const etagHeader = { description: "For `If-Match` of a replacement.", schema: { type: "string" } } as const;

export function describe({ summary, tag, answers, problems = [], csv = [], hasEtag }: RouteDescription) {
  const headers = hasEtag === undefined ? {} : { headers: { ETag: etagHeader } };
  const responses = Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => [
      status,
      { description: summary, ...headers, ...bodyOf(answer, csv) },
    ]),
  );
  const spec = { summary, tags: [tag], responses, "x-problems": [...problems] };
  return describeRoute(spec);
}

function bodyOf(answer: v.GenericSchema | MediaType | null, csv: readonly Column<never>[]): { content?: Content } {
  if (answer === null) return {};
  if (typeof answer === "string") return { content: { [answer]: { schema: { type: "string" } } } };
  const json = { "application/json": { schema: resolver(answer) } };
  if (csv.length === 0) return { content: json };
  const description = `All that the filters let through. Columns: ${csv.map(([name]) => `\`${name}\``).join(", ")}.`;
  return { content: { ...json, "text/csv": { schema: { type: "string", description } } } };
}
