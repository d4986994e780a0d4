import { beforeEach, expect, it } from "vitest";
import type { Exam } from "#protocol/http/exam.ts";
import type { Sitting } from "#protocol/http/sitting.ts";
import {
  call,
  draft,
  env,
  jsonOf,
  mallory,
  noor,
  openSchools,
  rosa,
  scheduleSitting,
  staffCookie,
  tokenOf,
} from "#test/support/school.ts";

type Page = { readonly next: string | null } & Readonly<Record<string, unknown>>;

let admin: { cookie: string };

beforeEach(async () => {
  await openSchools();
  admin = { cookie: await staffCookie(rosa) };
});

/** The list, read `limit` at a time; how many came with each page is told too. */
async function walk(path: string, list: string, id: string, limit: number) {
  const ids: string[] = [];
  const sizes: number[] = [];
  for (let after: string | null = ""; after !== null;) {
    const query: string = `limit=${limit}${after === "" ? "" : `&after=${after}`}`;
    const page = await jsonOf<Page>(await call("GET", `${path}${path.includes("?") ? "&" : "?"}${query}`, admin));
    const rows = page[list] as readonly Readonly<Record<string, string>>[];
    sizes.push(rows.length);
    ids.push(...rows.map((row) => row[id] ?? ""));
    after = page.next;
  }
  return { ids, sizes };
}

it("exams are read page by page, the latest changed first, each once, also of one moment", async () => {
  const made: string[] = [];
  for (const title of ["One", "Two", "Three", "Four", "Five"]) {
    const answer = await call("POST", "/v1/exams", { cookie: await staffCookie(noor), body: { ...draft, title } });
    made.push((await jsonOf<Exam>(answer)).id);
  }
  await env.DB.prepare("update exams set updated_at = 5 where id in (?, ?, ?)")
    .bind(...made.slice(0, 3))
    .run();
  const { ids, sizes } = await walk("/v1/exams", "exams", "id", 2);
  expect(sizes).toEqual([2, 2, 1]);
  expect(ids.toSorted()).toEqual(made.toSorted());
  expect(new Set(ids.slice(0, 2))).toEqual(new Set(made.slice(3)));
});

it("sittings are read page by page, of one exam, or of some days", async () => {
  const day = 24 * 3_600_000;
  const sittings: Sitting[] = [];
  for (const from of [0, 10, 20]) {
    const opensAt = Date.now() + from * day;
    sittings.push((await scheduleSitting({ opensAt, closesAt: opensAt + day })).sitting);
  }
  const [first, second, third] = sittings.map(({ id }) => id);
  expect((await walk("/v1/sittings", "sittings", "id", 1)).ids).toEqual([third, second, first]);
  const between = `from=${Date.now() + 5 * day}&to=${Date.now() + 15 * day}`;
  expect((await walk(`/v1/sittings?${between}`, "sittings", "id", 5)).ids).toEqual([second]);
  expect((await walk(`/v1/sittings?exam=${sittings[2]!.examId}`, "sittings", "id", 5)).ids).toEqual([third]);
});

it("results are read page by page by name, also of namesakes, and by how they stand", async () => {
  const { sitting } = await scheduleSitting();
  const candidates = ["Zoe", "Ada", "Ada", "Ada"].map((name) => ({ name, email: null }));
  await call("POST", `/v1/sittings/${sitting.id}/registrations`, { ...admin, body: { candidates } });
  const path = `/v1/sittings/${sitting.id}/results`;
  const whole = (await walk(path, "results", "attemptId", 1_000)).ids;
  expect(whole).toHaveLength(6);
  expect(await walk(path, "results", "attemptId", 2)).toEqual({ ids: whole, sizes: [2, 2, 2] });
  await env.DB.prepare("update attempts set status = 'handed-in', review = 'held' where id = ?").bind(whole[1]).run();
  expect((await walk(`${path}?status=handed-in`, "results", "attemptId", 5)).ids).toEqual([whole[1]]);
  expect((await walk(`${path}?review=held`, "results", "attemptId", 5)).ids).toEqual([whole[1]]);
});

it("who has a place in a sitting is read page by page by name, and by state, room, link and address", async () => {
  const { sitting, links } = await scheduleSitting();
  const candidates = ["Zoe", "Ada", "Ada"].map((name) => ({ name, email: `${name}@Others.example` }));
  await call("POST", `/v1/sittings/${sitting.id}/registrations`, { ...admin, body: { candidates } });
  const path = `/v1/sittings/${sitting.id}/registrations`;
  const names = async (query: string) =>
    (
      await jsonOf<{ registrations: { name: string }[] }>(await call("GET", `${path}?${query}`, admin))
    ).registrations.map(({ name }) => name);
  const whole = (await walk(path, "registrations", "id", 1_000)).ids;
  expect(whole).toHaveLength(5);
  expect(await walk(path, "registrations", "id", 2)).toEqual({ ids: whole, sizes: [2, 2, 1] });
  expect(await names("text=OTHERS")).toEqual(["Ada", "Ada", "Zoe"]);
  expect(await names("email=zoe@others.example")).toEqual(["Zoe"]);
  expect(await names(`room=${sitting.examSessionId}`)).toHaveLength(5);
  expect(await names("room=nowhere")).toEqual([]);
  await call("POST", "/v1/check-in", { body: { token: tokenOf(links[1]!) } });
  expect(await names("opened=yes")).toEqual(["Grace"]);
  expect(await names("opened=no")).toEqual(["Ada", "Ada", "Ada", "Zoe"]);
  await env.DB.prepare("update attempts set status = 'handed-in' where id = ?").bind(links[0]!.attemptId).run();
  expect(await names("status=handed-in&text=ada")).toEqual(["Ada"]);
});

it("a page after what is another institution's is empty, and one that is none is refused", async () => {
  const exam = await jsonOf<Exam>(await call("POST", "/v1/exams", { ...admin, body: draft }));
  const cookie = await staffCookie(mallory);
  expect(await jsonOf(await call("GET", `/v1/exams?after=${exam.id}`, { cookie }))).toEqual({ exams: [], next: null });
  for (const query of ["limit=0", "limit=201", "limit=x", "after=%00"]) {
    expect((await call("GET", `/v1/exams?${query}`, admin)).status, query).toBe(400);
  }
});
