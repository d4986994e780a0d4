import { beforeEach, describe, expect, it } from "vitest";
import { mostRows } from "#protocol/http/field.ts";
import type { NewRegistrationsAnswer } from "#protocol/http/registration.ts";
import { call, env, jsonOf, keyOf, openSchools, problemOf, rosa, scheduleSitting } from "#test/support/school.ts";

beforeEach(openSchools);

/** Five thousand of them, in a body that is as large as such lists are. */
function people(count: number): { name: string; email: string | null }[] {
  return Array.from({ length: count }, (_, at) => ({
    name: `Candidate ${at} of the Whole Country`,
    email: `candidate.number.${at}@university.of.the.north.example`,
  }));
}

describe("many candidates in one call", () => {
  it("are 5,000, each with a place and a link of their own, and no room is overfilled", async () => {
    const { sitting } = await scheduleSitting();
    const key = await keyOf(rosa, ["schedule"]);
    const path = `/v1/sittings/${sitting.id}/registrations`;
    const began = Date.now();
    const answer = await call("POST", path, { key, body: { candidates: people(mostRows) } });
    const { links } = await jsonOf<NewRegistrationsAnswer>(answer);
    console.log(`${links.length} candidates were registered in ${Date.now() - began} ms`);
    expect(new Set(links.map(({ link }) => link)).size).toBe(5_000);
    const rooms = env.DB.prepare("select max(taken) <= 200 as fits, sum(taken) as taken from exam_sessions");
    expect(await rooms.first()).toEqual({ fits: 1, taken: 5_002 });
    const attempts = await env.DB.prepare("select count(*) as n from attempts").first("n");
    expect(attempts).toBe(5_002);
  }, 60_000);

  it("are all refused where one is wrong, and the answer says which of them", async () => {
    const { sitting } = await scheduleSitting();
    const key = await keyOf(rosa, ["schedule"]);
    const candidates = people(1_200)
      .with(17, { name: "", email: null })
      .with(1_100, { name: "Ada", email: "no address" });
    const answer = await call("POST", `/v1/sittings/${sitting.id}/registrations`, { key, body: { candidates } });
    const { code, detail, rows } = await problemOf(answer);
    expect(code).toBe("bad-request");
    expect(detail).toMatch(/^Nobody was added\. Row 18: /);
    expect(rows).toEqual([
      { row: 18, code: "bad-request", detail: "Not as described: name." },
      { row: 1_101, code: "bad-request", detail: "Not as described: email." },
    ]);
    expect(await env.DB.prepare("select count(*) as n from attempts").first("n")).toBe(2);
  });

  it("are a CSV too, of names, addresses and regions, whose wrong rows are told all", async () => {
    const { sitting } = await scheduleSitting();
    const asked = { key: await keyOf(rosa, ["schedule"]), headers: { "content-type": "text/csv; charset=UTF-8" } };
    const path = `/v1/sittings/${sitting.id}/registrations`;
    const wrong = ["name,email,region", ...Array.from({ length: 30 }, () => "Ada,none,atlantis")].join("\n");
    const { detail, rows } = await problemOf(await call("POST", path, { ...asked, body: wrong }));
    expect(rows).toHaveLength(30);
    expect(rows?.[29]).toEqual({ row: 30, code: "bad-request", detail: "Not as described: email, region." });
    expect(detail).toMatch(/ And 20 more rows\.$/);
    const good = 'name,email,region\n"Lovelace, Ada",ada@people.example,apac\nGrace,,\n';
    const { links, opened } = await jsonOf<NewRegistrationsAnswer>(await call("POST", path, { ...asked, body: good }));
    expect(links.map(({ name }) => name)).toEqual(["Lovelace, Ada", "Grace"]);
    expect(opened).toMatchObject([{ region: "apac" }]);
  });
});
