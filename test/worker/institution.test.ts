import { beforeEach, describe, expect, it } from "vitest";
import type { AuditList } from "#protocol/http/audit.ts";
import type { Institution } from "#protocol/http/institution.ts";
import {
  call,
  env,
  jsonOf,
  marek,
  openSchools,
  type Person,
  problemOf,
  rosa,
  staffCookie,
} from "#test/support/school.ts";

beforeEach(openSchools);

async function read(who: Person): Promise<Institution> {
  return jsonOf(await call("GET", "/v1/institution", { cookie: await staffCookie(who) }));
}

async function set(who: Person, language: string, ifMatch?: string): Promise<Response> {
  const headers = ifMatch === undefined ? {} : { "if-match": ifMatch };
  return call("PUT", "/v1/institution", { cookie: await staffCookie(who), body: { language }, headers });
}

describe("where an institution lives", () => {
  it("[R29] is told to its administrators, and where it asks for a law that this installation cannot bind to, that it is bound to none", async () => {
    expect(await read(rosa)).toMatchObject({ home: "shared", jurisdictionAsked: null, jurisdiction: null });
    await env.DB_EU.prepare("update tenants set jurisdiction = 'eu' where id = ?").bind(marek.tenantId).run();
    expect(await read(marek)).toMatchObject({ home: "eu", jurisdictionAsked: "eu", jurisdiction: null });
  });
});

describe("an institution's language", () => {
  it.each([
    ["in the shared home", rosa, () => env.DB],
    ["in a home of its own", marek, () => env.DB_EU],
  ] as const)("[M8] is set by its administrators, and entered in the audit: %s", async (_where, who, database) => {
    expect(await read(who)).toMatchObject({ language: "en" });
    expect(await jsonOf(await set(who, "fr"))).toMatchObject({ language: "fr" });
    expect(await read(who)).toMatchObject({ language: "fr" });
    const others = database().prepare("select count(*) as n from tenants where language <> 'en' and id <> ?");
    expect(await others.bind(who.tenantId).first("n")).toBe(0);
    const path = "/v1/audit?what=institution-changed";
    const { entries } = await jsonOf<AuditList>(await call("GET", path, { cookie: await staffCookie(who) }));
    expect(entries).toMatchObject([{ entry: { who: { id: who.id }, details: { language: "fr" } } }]);
  });

  it("[M8] is not set over what somebody else has set since it was read", async () => {
    const first = await call("GET", "/v1/institution", { cookie: await staffCookie(rosa) });
    const etag = first.headers.get("etag") ?? "";
    const changed = await set(rosa, "de", etag);
    expect(changed.status).toBe(200);
    expect(await problemOf(await set(rosa, "fr", etag))).toMatchObject({ status: 412, code: "changed-meanwhile" });
    expect(await read(rosa)).toMatchObject({ language: "de" });
    expect((await set(rosa, "fr", changed.headers.get("etag") ?? "")).status).toBe(200);
    expect((await set(rosa, "xx")).status).toBe(400);
  });
});
