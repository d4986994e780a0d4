import type { Hono } from "hono";
import { generateSpecs, resolver } from "hono-openapi";
import { type ProblemCode, problemSchema } from "#protocol/http/problem.ts";
import type { AppEnv } from "./app-env.ts";
import type { AccessWay } from "./documented.ts";
import { problemKinds } from "./problem.ts";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = { readonly [key: string]: Json };

/** An operation as its description and its doors left it. */
type Operation = {
  readonly operationId: string;
  readonly parameters?: readonly JsonObject[];
  readonly requestBody?: JsonObject;
  readonly responses: Readonly<Record<string, JsonObject>>;
  readonly "x-ways"?: readonly AccessWay[];
  readonly "x-not-ways"?: readonly AccessWay[];
  readonly "x-problems"?: readonly ProblemCode[];
};

const description = `Exams, sittings, attempts and their evidence.

**Programs** show a key: \`Authorization: Bearer ivk_…\`. It is made in the console under Keys, does at most what its scopes and
its member may do, and needs nothing else. **Pages** of this server carry the cookie of \`POST /v1/sign-in\`; every request of
theirs but GET, and every socket, carries the header \`Origin\`.

Every refusal is \`application/problem+json\` (RFC 9457). Its \`code\` is stable, and listed with each operation. Times are
milliseconds since 1970, in UTC. Ids are opaque.`;

const securitySchemes = {
  key: { type: "http", scheme: "bearer", description: "A key of the API, made in the console under Keys." },
  member: {
    type: "apiKey",
    in: "cookie",
    name: "__Host-invigil_staff",
    description: "A member who signed in at a page.",
  },
  candidate: {
    type: "apiKey",
    in: "cookie",
    name: "__Secure-invigil_attempt",
    description:
      "A candidate who checked in, with a proof of the browser's key in `DPoP` (RFC 9449, with the nonce of `DPoP-Nonce`).",
  },
  operator: { type: "http", scheme: "bearer", description: "The key of who runs the installation." },
} as const satisfies Record<AccessWay, JsonObject>;

const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "A name of this request's own. Sent again within a day, it is not done again and gets the first answer.",
  schema: { type: "string", minLength: 1, maxLength: 255 },
} as const satisfies JsonObject;

const waysInOrder: readonly AccessWay[] = ["key", "member", "candidate", "operator"];

/** The description of the whole API as OpenAPI 3.1, made from the routes. */
export async function documentOf(api: Hono<AppEnv>): Promise<JsonObject> {
  const made = JSON.parse(
    JSON.stringify(
      await generateSpecs(api, {
        documentation: {
          openapi: "3.1.0",
          info: { title: "Invigil", version: "1", description },
          components: { securitySchemes },
        },
        excludeStaticFile: false,
        exclude: ["/openapi.json"],
      }),
    ),
  ) as JsonObject & { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };
  const { schema } = await resolver(problemSchema).toOpenAPISchema();
  const schemas = new Map<string, Json>([["Problem", JSON.parse(JSON.stringify(schema)) as Json]]);
  const paths = Object.fromEntries(
    Object.entries(made.paths).map(([path, operations]) => [
      path,
      Object.fromEntries(
        Object.entries(operations).map(([method, operation]) => [
          method,
          withNames(completed(method, operation), schemas),
        ]),
      ),
    ]),
  );
  return {
    ...made,
    servers: [{ url: "/", description: "This server" }],
    paths,
    components: { securitySchemes, schemas: Object.fromEntries(schemas) },
  };
}

/** The operation with its security, and with every refusal that it may be answered with. */
function completed(method: string, operation: Operation): JsonObject {
  const { "x-ways": open = [], "x-not-ways": closed = [], "x-problems": own = [], ...rest } = operation;
  const ways = waysInOrder.filter((way) => open.includes(way) && !closed.includes(way));
  const isMultiStep = open.includes("candidate") || open.includes("member");
  const isNameable = method === "post" && (ways.includes("key") || ways.includes("member"));
  const codes = new Set<ProblemCode>([
    ...own,
    ...(operation.requestBody === undefined ? [] : bodyProblems),
    // A page of another origin is told so at whatever changes something, and at sockets.
    ...(method !== "get" || (isMultiStep && "101" in operation.responses) ? ["not-allowed" as const] : []),
    ...(method !== "get" ? ["too-large" as const] : []),
    ...(isNameable ? (["idempotency-key-reused", "conflict", "bad-request"] as const) : []),
    "internal-error",
  ]);
  // The generator has a refusal of its own for what a validator refuses, which is not ours.
  const answers = Object.entries(operation.responses).filter(([status]) => Number(status) < 400);
  const byStatus = Map.groupBy(codes, (code) => String(problemKinds[code].status));
  const refusals = [...byStatus].map(([status, some]) => [status, refusal(some)] as const);
  return {
    ...rest,
    ...(isNameable ? { parameters: [...(rest.parameters ?? []), idempotencyKey] } : {}),
    operationId: operation.operationId.replace("V1", ""),
    responses: { ...Object.fromEntries(answers), ...Object.fromEntries(refusals) },
    security: ways.map((way) => ({ [way]: [] })),
  };
}

const bodyProblems: readonly ProblemCode[] = ["bad-request", "unsupported-media-type"];

function refusal(codes: readonly ProblemCode[]): JsonObject {
  return {
    description: codes.map((code) => `\`${code}\`: ${problemKinds[code].detail}`).join("\n\n"),
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
    "x-codes": codes,
  };
}

/** Schemas that have a title of one word are said once, under that name; two of one title that differ stay where they are. */
function withNames(json: Json, schemas: Map<string, Json>): Json {
  if (Array.isArray(json)) return json.map((one: Json) => withNames(one, schemas));
  if (typeof json !== "object" || json === null) return json;
  const named = Object.fromEntries(Object.entries(json).map(([key, one]) => [key, withNames(one, schemas)]));
  const { title, ...schema } = named;
  if (typeof title !== "string" || !/^[A-Z][A-Za-z]+$/.test(title)) return named;
  const known = schemas.get(title);
  if (known === undefined) schemas.set(title, schema);
  else if (JSON.stringify(known) !== JSON.stringify(schema)) return schema;
  return { $ref: `#/components/schemas/${title}` };
}
