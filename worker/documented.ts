import { uniqueSymbol } from "hono-openapi";
import type { ProblemCode } from "#protocol/http/problem.ts";

/** Who may call: a member who signed in, one by a key, a candidate, the operator of the installation. */
export type AccessWay = "member" | "key" | "candidate" | "operator";

/** What a door in front of a route adds to its description in /openapi.json. Lists of several doors are joined. */
export type DoorDescription = {
  readonly "x-ways"?: readonly AccessWay[];
  readonly "x-not-ways"?: readonly AccessWay[];
  readonly "x-permissions"?: readonly string[];
  readonly "x-problems"?: readonly ProblemCode[];
  readonly parameters?: readonly object[];
  readonly requestBody?: object;
};

/** The same middleware, which says in the API's description what it asks for: a route cannot forget to. */
export function documented<Middleware extends object>(middleware: Middleware, spec: DoorDescription): Middleware {
  return Object.assign(middleware, { [uniqueSymbol]: { spec } });
}
