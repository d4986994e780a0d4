import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { permissions } from "#domain/access/permission.ts";
import {
  attemptCookie,
  call,
  type Call,
  jsonOf,
  keyOf,
  openSchools,
  rosa,
  scheduleSitting,
  staffCookie,
} from "#test/support/school.ts";

/*
 * Requests made from the API's own description, and then broken: every operation is asked by an administrator, a key and a
 * candidate with wrong types, things missing, things too large, ids, cursors, headers and types of body that are none.
 * FAST_CHECK_SEED tries others.
 */
type Node = {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly $ref?: string;
};
type Operation = {
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly schema: Node }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Node }>> };
};
type ApiDocument = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Node>> };
};
type Asked = { readonly method: string; readonly path: string; readonly body?: string; readonly type: string };

const requests = 5_000;
const parts = 10;
const slowestMs = 20_000;
const seed = Number(process.env["FAST_CHECK_SEED"] ?? 20_261_121);

/** Passwords are hashed for a tenth of a second each, and who signs out everywhere asks nothing more. */
const apart = new Set([
  "POST /v1/sign-in",
  "DELETE /v1/sign-ins",
  "DELETE /v1/sign-ins/{signInId}",
  "POST /v1/sign-out",
]);

const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, -1, 0.5, 1e308, "", [], {}, "__proto__", "\u0000", "\ud800", "🫠".repeat(200)),
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.integer(),
  fc.jsonValue({ maxDepth: 3 }),
);
const longText = fc.constantFrom("x".repeat(9_000), "é".repeat(70_000), "[".repeat(20_000));

/** Something like what the schema says, in which any part may be something else, or not there. */
function nearly(schema: Node, { components }: ApiDocument, depth = 0): fc.Arbitrary<unknown> {
  const named = schema.$ref === undefined ? schema : components.schemas[schema.$ref.split("/").at(-1) ?? ""];
  const node = named ?? {};
  const good = depth > 6 ? odd : wellFormed(node, { paths: {}, components }, depth);
  return fc.oneof({ arbitrary: good, weight: 40 }, { arbitrary: odd, weight: 4 }, { arbitrary: longText, weight: 1 });
}

function wellFormed(node: Node, document: ApiDocument, depth: number): fc.Arbitrary<unknown> {
  const choices = node.anyOf ?? node.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((one) => nearly(one, document, depth + 1)));
  if (node.enum !== undefined) return fc.constantFrom(...node.enum);
  if (node.const !== undefined) return fc.constant(node.const);
  if (node.properties !== undefined) {
    const fields = Object.entries(node.properties).map(
      ([name, one]) => [name, nearly(one, document, depth + 1)] as const,
    );
    const required = { requiredKeys: [] as string[] };
    return fc.oneof(
      { arbitrary: fc.record(Object.fromEntries(fields)), weight: 4 },
      { arbitrary: fc.record(Object.fromEntries(fields), required), weight: 1 },
    );
  }
  if (node.items !== undefined) return fc.array(nearly(node.items, document, depth + 1), { maxLength: 4 });
  if (node.type === "integer" || node.type === "number") return fc.oneof(fc.integer(), fc.double());
  return node.type === "string" ? fc.oneof(fc.string({ maxLength: 20 }), fc.emailAddress()) : odd;
}

const oddPart = fc.oneof(
  fc.constantFrom("__proto__", "%00", "%ff", "..%2f..", "-1", "0", "%", "x".repeat(2_000), "%F0%9F%AB%A0"),
  fc.string({ minLength: 1, maxLength: 30 }).map((text) => encodeURIComponent(text.toWellFormed())),
);
const types = fc.constantFrom("application/json", "application/json", "text/csv", "application/octet-stream", "x", "");

function askedFrom(document: ApiDocument, ids: Readonly<Record<string, string>>): fc.Arbitrary<Asked> {
  const each = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  const wanted = each.filter(({ method, path }) => !apart.has(`${method} ${path}`));
  return fc.constantFrom(...wanted).chain(({ method, path, operation: { parameters = [], requestBody } }) => {
    const places = parameters.filter((one) => one.in === "path").map(({ name }) => name);
    const queries = parameters.filter((one) => one.in === "query").map(({ name }) => name);
    const schema = requestBody?.content["application/json"]?.schema;
    return fc
      .record({
        filled: fc.tuple(
          ...places.map((name) => fc.oneof({ arbitrary: fc.constant(ids[name] ?? "none"), weight: 3 }, oddPart)),
        ),
        query: fc.option(fc.tuple(...queries.map(() => oddPart)), { nil: [] }),
        body: schema === undefined ? fc.option(odd) : nearly(schema, document),
        isBroken: fc.integer({ min: 0, max: 19 }).map((one) => one === 0),
        type: types,
      })
      .map(({ filled, query, body, isBroken, type }) => {
        const address = places.reduce((text, name, at) => text.replace(`{${name}}`, filled[at] ?? "none"), path);
        const asked = queries.map((name, at) => `${name}=${query[at] ?? ""}`).join("&");
        const text = `${JSON.stringify(body) ?? ""}${isBroken ? "}" : ""}`;
        return {
          method,
          path: asked === "" ? address : `${address}?${asked}`,
          type,
          ...(method === "GET" ? {} : { body: text }),
        };
      });
  });
}

beforeEach(async () => {
  await openSchools();
  // Each refusal is a line, and here are thousands. No media server answers here.
  vi.spyOn(console, "info").mockImplementation(() => {});
  vi.spyOn(console, "warn").mockImplementation(() => {});
  vi.spyOn(globalThis, "fetch").mockImplementation(() => Promise.resolve(new Response(null, { status: 503 })));
});
afterEach(() => vi.restoreAllMocks());

const seen = new Map<string, number>();

describe("malformed requests, made from the API's description", () => {
  it.each(Array.from({ length: parts }, (_, part) => part))(
    "are each answered, refusals as problem+json, and break nothing: part %i",
    async (part) => {
      const document = await jsonOf<ApiDocument>(await call("GET", "/openapi.json"));
      const { exam, sitting, links } = await scheduleSitting();
      const { attemptId, registrationId } = links[0]!;
      const { id: sittingId, examSessionId } = sitting;
      const ids = { examId: exam.id, sittingId, registrationId, attemptId, examSessionId, memberId: "lin" };
      const askers: readonly Call[] = [
        { cookie: await staffCookie(rosa) },
        { key: await keyOf(rosa, permissions) },
        { cookie: await attemptCookie(attemptId, examSessionId) },
      ];
      const all = fc.sample(fc.tuple(askedFrom(document, ids), fc.constantFrom(...askers)), {
        numRuns: requests / parts,
        seed: seed + part,
      });
      for (const [{ method, path, body, type }, asker] of all) {
        const headers = body === undefined ? {} : { headers: { "content-type": type } };
        const began = Date.now();
        const answer = await call(method, path, { ...asker, ...headers, ...(body === undefined ? {} : { body }) });
        const asked = `${method} ${path} ${type} ${body?.slice(0, 400)}`;
        expect(Date.now() - began, asked).toBeLessThan(slowestMs);
        const isBroken = answer.status >= 500 && answer.status !== 503;
        expect(isBroken, `${asked} was answered ${answer.status}`).toBe(false);
        if (answer.status >= 400) expect(answer.headers.get("content-type"), asked).toBe("application/problem+json");
        seen.set(String(answer.status), (seen.get(String(answer.status)) ?? 0) + 1);
        await answer.body?.cancel();
      }
      const counts = [...seen]
        .toSorted(([one], [other]) => one.localeCompare(other))
        .map(([status, many]) => `${status}: ${many}`);
      console.log(`${[...seen.values()].reduce((sum, one) => sum + one, 0)} malformed requests: ${counts.join(", ")}`);
    },
    240_000,
  );
});
