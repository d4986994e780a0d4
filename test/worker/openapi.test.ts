import { describe, expect, it } from "vitest";
import { createApp } from "#worker/app.ts";
import { type ApiDocument, checkAnswer } from "#test/support/check-answer.ts";
import { call, jsonOf, origin } from "#test/support/school.ts";

type Operation = {
  readonly summary?: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: unknown }>> };
  readonly responses: Readonly<
    Record<
      string,
      { readonly description: string; readonly content?: unknown; readonly headers?: Readonly<Record<string, unknown>> }
    >
  >;
};
type Document = {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

const document = async () => jsonOf<Document>(await call("GET", "/openapi.json"));

/** Routes that are not of the API: the pages, and the description itself. */
const apart = new Set(["GET /*", "GET /openapi.json"]);

describe("/openapi.json", () => {
  it("describes every route of the API, and no other", async () => {
    const { paths } = await document();
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const routed = createApp()
      .routes.filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`)
      .filter((route) => !apart.has(route));
    expect(described.toSorted()).toEqual([...new Set(routed)].toSorted());
  });

  it("is a whole OpenAPI 3.1 document: summaries, answers, and every parameter of a path", async () => {
    const { openapi, info, paths } = await document();
    expect(openapi).toMatch(/^3\.1\./);
    expect(info.title).toBe("Invigil");
    for (const [path, operations] of Object.entries(paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        const name = `${method} ${path}`;
        expect(operation.summary, name).toBeTruthy();
        const statuses = Object.keys(operation.responses);
        expect(
          statuses.some((status) => /^[123]\d\d$/.test(status)),
          name,
        ).toBe(true);
        for (const answer of Object.values(operation.responses)) expect(answer.description, name).toBeTruthy();
        const declared = (operation.parameters ?? []).filter((one) => one.in === "path").map((one) => one.name);
        const written = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter ?? "");
        expect(declared.toSorted(), name).toEqual(written.toSorted());
      }
    }
  });

  it("[K38] says where an ETag is read and where If-Match is taken, and both of each thing that is replaced as a whole", async () => {
    const { paths } = await document();
    const whole = Object.entries(paths).flatMap(([path, operations]) =>
      Object.values(operations)
        .filter(({ parameters = [] }) => parameters.some(({ name }) => name === "If-Match"))
        .map(() => path),
    );
    expect(whole.length).toBeGreaterThanOrEqual(8);
    const read = (path: string) => paths[path]?.["get"]?.responses["200"]?.headers?.["ETag"];
    for (const path of whole) {
      // The list of proctors is read with its sitting, the items with their exam.
      expect(read(path) ?? read(path.replace(/\/(proctors|items)$/, "")), path).toBeDefined();
    }
  });

  it("refers to nothing that is not in it", async () => {
    const whole = await document();
    const references = [...JSON.stringify(whole).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, reference]) => reference!);
    for (const reference of references) {
      const found = reference.split("/").reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], whole);
      expect(found, reference).toBeDefined();
    }
  });

  it("shows the shape of a body and of a refusal", async () => {
    const { paths } = await document();
    const { requestBody, responses } = paths["/v1/sign-in"]!["post"]!;
    expect(requestBody?.content["application/json"]?.schema).toMatchObject({ required: ["email", "password"] });
    expect(responses["401"]?.content).toMatchObject({
      "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
    });
  });
});

describe("an answer that is not as described", () => {
  const asked = `${origin}/healthz`;
  const json = { "content-type": "application/json" };
  const wrong = {
    "has a status that is not described": () => new Response("{}", { status: 202, headers: json }),
    "has a body of another type": () => new Response("ok", { headers: { "content-type": "text/plain" } }),
    "has a body of another shape": () => Response.json({ ok: "yes" }),
    "has a body that lacks something": () => Response.json({}),
  };

  it.each(Object.entries(wrong))("fails the test that gets it: it %s", async (_, answer) => {
    const known = await jsonOf<ApiDocument>(await call("GET", "/openapi.json"));
    await expect(checkAnswer(known, "GET", asked, answer())).rejects.toThrow("GET /healthz answered");
    await checkAnswer(known, "GET", asked, Response.json({ ok: true }));
  });

  it("fails a test that gets a refusal with a code that is not described", async () => {
    const known = await jsonOf<ApiDocument>(await call("GET", "/openapi.json"));
    const refused = await call("GET", "/v1/me");
    const { code: _, ...rest } = await refused.json<{ code: string }>();
    const { headers } = refused;
    const other = new Response(JSON.stringify({ ...rest, code: "proof-needed" }), { status: 401, headers });
    await expect(checkAnswer(known, "GET", `${origin}/v1/me`, other)).rejects.toThrow("not among not-signed-in");
  });
});
