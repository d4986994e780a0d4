import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Periods } from "#domain/retention/period.ts";
import type { Retention } from "#protocol/http/retention.ts";
import {
  call,
  env,
  jsonOf,
  lin,
  openSchools,
  pia,
  problemOf,
  rosa,
  scheduleSitting,
  staffCookie,
} from "#test/support/school.ts";

let admin: { cookie: string };

type Thing = { readonly read: string; readonly put: string; readonly bodies: readonly [unknown, unknown, unknown] };

beforeEach(async () => {
  await openSchools();
  admin = { cookie: await staffCookie(rosa) };
});

afterEach(() => vi.restoreAllMocks());

async function periods(change: Partial<Periods>): Promise<unknown> {
  const { classes } = await jsonOf<Retention>(await call("GET", "/v1/retention", admin));
  return { periods: { ...Object.fromEntries(classes.map(({ of, days }) => [of, days])), ...change } };
}

/** Each thing that is replaced as a whole, with three that it can be. */
const things: Readonly<Record<string, () => Promise<Thing>>> = {
  "a member": async () => {
    const path = `/v1/members/${lin.id}`;
    const of = (name: string, ...roles: string[]) => ({ name, roles, customRoleIds: [] });
    return { read: path, put: path, bodies: [of("Lin", "proctor"), of("Lin", "author"), of("Lin L.", "proctor")] };
  },
  "a webhook": async () => {
    const of = (path: string) => ({ url: `https://receiver.example/${path}`, events: ["attempt.scored"], isOn: true });
    const { id } = await jsonOf<{ id: string }>(await call("POST", "/v1/webhooks", { ...admin, body: of("") }));
    const path = `/v1/webhooks/${id}`;
    return { read: path, put: path, bodies: [of("a"), { ...of("a"), isOn: false }, of("c")] };
  },
  "the provider of sign-ins": async () => {
    const discovered = (request: Request | string | URL) => {
      const { origin: issuer } = new URL(request instanceof Request ? request.url : request);
      const ways = { authorization_endpoint: `${issuer}/a`, token_endpoint: `${issuer}/t`, jwks_uri: `${issuer}/j` };
      return Promise.resolve(Response.json({ issuer, ...ways }));
    };
    vi.spyOn(globalThis, "fetch").mockImplementation((request) => discovered(request));
    const path = "/v1/single-sign-on";
    const of = (clientId: string) => {
      return { issuer: "https://id.school.example", clientId, clientSecret: "secret", emailDomain: "school.example" };
    };
    return { read: path, put: path, bodies: [of("a"), of("a"), of("b")] };
  },
  "how long things are kept": async () => {
    const path = "/v1/retention";
    return {
      read: path,
      put: path,
      bodies: [await periods({}), await periods({ recordings: 100 }), await periods({ recordings: 101 })],
    };
  },
  "who proctors a sitting": async () => {
    const { sitting } = await scheduleSitting();
    const path = `/v1/sittings/${sitting.id}`;
    const rooms = [{ examSessionId: sitting.examSessionId, memberIds: [pia.id] }];
    const bodies = [{ memberIds: [lin.id] }, { memberIds: [lin.id], rooms }, { memberIds: [] }] as const;
    return { read: path, put: `${path}/proctors`, bodies };
  },
  "what is arranged for a candidate": async () => {
    const { sitting, links } = await scheduleSitting();
    const path = `/v1/sittings/${sitting.id}/registrations/${links[0]!.registrationId}/accommodations`;
    const of = (minutes: number) => ({ allowances: [{ kind: "minutes", minutes, reason: " R " }], exceptions: [] });
    return { read: path, put: path, bodies: [of(5), of(6), of(7)] };
  },
};

async function entries(): Promise<number | null> {
  return env.DB.prepare("select count(*) as n from audit_entries where entry not like '%\"denied\"%'").first<number>(
    "n",
  );
}

async function tagOf(path: string): Promise<string> {
  return (await call("GET", path, admin)).headers.get("etag") ?? "none";
}

function replace(path: string, body: unknown, tag: string | null): Promise<Response> {
  return call("PUT", path, { ...admin, body, headers: tag === null ? {} : { "if-match": tag } });
}

describe.each(Object.entries(things))("%s", (_, thing) => {
  it("[K38] is replaced while it is what was seen, and else neither it nor the audit has anything of it", async () => {
    const { read, put, bodies } = await thing();
    await replace(put, bodies[0], null);
    const seen = await tagOf(read);
    expect(seen).toMatch(/^"[0-9a-f]{32}"$/);
    expect(await tagOf(read)).toBe(seen);
    const done = await replace(put, bodies[1], seen);
    expect(done.ok, await done.clone().text()).toBe(true);
    const now = await tagOf(read);
    expect(now).not.toBe(seen);
    expect(done.headers.get("etag")).toBe(now);
    const text = await (await call("GET", read, admin)).text();
    const before = await entries();
    for (const stale of [seen, '"none"', "W/" + seen, "nothing"]) {
      expect(await problemOf(await replace(put, bodies[2], stale))).toMatchObject({
        status: 412,
        code: "changed-meanwhile",
      });
    }
    expect(await (await call("GET", read, admin)).text()).toBe(text);
    expect(await entries()).toBe(before);
    // As the edge makes it of an answer that it compresses.
    expect((await replace(put, bodies[2], `${seen}, W/${now}`)).ok).toBe(true);
  });

  it("[K38] is replaced by one of several who saw the same, and by anybody who does not ask for that", async () => {
    const { read, put, bodies } = await thing();
    await replace(put, bodies[0], null);
    const seen = await tagOf(read);
    const answers = await Promise.all([bodies[1], bodies[2]].map((body) => replace(put, body, seen)));
    expect(answers.map(({ status }) => status).filter((status) => status === 412)).toHaveLength(1);
    for (const any of [null, "*"]) expect((await replace(put, bodies[0], any)).ok).toBe(true);
  });
});

/** What is arranged lies in a room, which answers with what there is when it was arranged. */
const inDatabase = Object.entries(things).filter(([name]) => name !== "what is arranged for a candidate");

describe.each(inDatabase)("%s", (_, thing) => {
  it("[K38] has for who replaced it the tag of what they wrote, though somebody else replaces it before they are answered", async () => {
    const { read, put, bodies } = await thing();
    await replace(put, bodies[0], null);
    const between = betweenCommitAndAnswer(() => replace(put, bodies[2], null));
    const tag = (await replace(put, bodies[1], null)).headers.get("etag") ?? "none";
    expect((await between())?.ok).toBe(true);
    expect(tag).not.toBe(await tagOf(read));
    expect(await problemOf(await replace(put, bodies[1], tag))).toMatchObject({ code: "changed-meanwhile" });
  });
});

/** Does something as soon as the database has taken a change, before whoever made it hears of that. Answers what came of it. */
function betweenCommitAndAnswer(act: () => Promise<Response>): () => Promise<Response | null> {
  const batch = env.DB.batch.bind(env.DB);
  const before = entries();
  let acted: Promise<Response> | null = null;
  vi.spyOn(env.DB, "batch").mockImplementation(async <Row>(statements: D1PreparedStatement[]) => {
    const results = await batch<Row>(statements);
    if (acted === null && ((await entries()) ?? 0) > ((await before) ?? 0)) {
      acted = act();
      await acted;
    }
    return results;
  });
  return () => Promise.resolve(acted);
}
