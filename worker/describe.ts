import { describeRoute, resolver } from "hono-openapi";
import type * as v from "valibot";
import { problemSchema } from "#protocol/http/problem.ts";
import type { ProblemCode } from "#protocol/http/problem.ts";
import { problemKinds } from "./problem.ts";

/** How /openapi.json shows a route. `answers`: a schema for each status of success, null for an empty body. */
export type RouteDescription = {
  readonly summary: string;
  readonly tag: string;
  readonly answers: Readonly<Record<number, v.GenericSchema | null>>;
  readonly problems?: readonly ProblemCode[];
};

export function describe({ summary, tag, answers, problems = [] }: RouteDescription) {
  const responses: Record<
    string,
    { description: string; content?: Record<string, { schema: ReturnType<typeof resolver> }> }
  > = {};
  for (const code of problems) {
    const { status } = problemKinds[code];
    const description = responses[status] === undefined ? code : `${responses[status].description}, ${code}`;
    responses[status] = { description, content: { "application/problem+json": { schema: resolver(problemSchema) } } };
  }
  for (const [status, schema] of Object.entries(answers)) {
    const content = schema === null ? {} : { content: { "application/json": { schema: resolver(schema) } } };
    responses[status] = { description: summary, ...content };
  }
  return describeRoute({ summary, tags: [tag], responses });
}
