import { env } from "cloudflare:test";
import {
  brand,
  type AttemptId,
  type ExamSessionId,
  type MemberId,
  type SignInId,
  type TenantId,
} from "#domain/exam/ids.ts";
import type { SessionConfig } from "#protocol/session/rpc.ts";
import type { Role } from "#domain/access/permission.ts";
import { ada, asCandidate, consentSha256, grace, openRoom, type Stub } from "#test/support/session-room.ts";
import { makeProof } from "#client/http/make-proof.ts";
import { proofHeader } from "#protocol/http/proof.ts";
import { keyOfCookie, newBrowser, thumbprintOf } from "#test/support/browsers.ts";
import { proofNonce } from "#worker/auth/proof-nonce.ts";
import { createApp } from "#worker/app.ts";
import { candidateToken } from "#worker/auth/candidate-token.ts";
import { sealToken } from "#worker/auth/sealed-token.ts";
import { staffToken } from "#worker/auth/staff-token.ts";
import { type Env, settingsOf } from "#worker/env.ts";
import { type HomeName, homesOf } from "#worker/home.ts";

const origin = "https://invigil.test";
export const settings = settingsOf(env);

const app = createApp();
const linkHash = "0".repeat(64);
const hour = 3_600_000;

const keys = { ada: await newBrowser(), grace: await newBrowser() } as const;
export const browsers = { ada: await thumbprintOf(keys.ada), grace: await thumbprintOf(keys.grace) } as const;
const attempts: Readonly<Record<keyof typeof browsers, AttemptId>> = { ada, grace };

/** Staff: lin proctors the room, olaf proctors but not here, rui reviews, noor writes exams. */
const staff = { lin: "proctor", olaf: "proctor", rui: "reviewer", noor: "author" } as const satisfies Record<
  string,
  Role
>;
type StaffName = keyof typeof staff;
export type PersonName = StaffName | keyof typeof browsers;

export type Call = {
  readonly as?: PersonName;
  readonly json?: unknown;
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Settings other than the usual. */
  readonly env?: Partial<Env>;
};

export type WatchedRoom = {
  readonly tenantId: TenantId;
  readonly examSessionId: ExamSessionId;
  readonly session: Stub;
  call(method: string, path: string, call?: Call): Promise<Response>;
  cookieOf(person: PersonName): Promise<string>;
  consent(person: keyof typeof browsers): Promise<void>;
};

let tenants = 0;

/** A tenant of its own for a test, with one exam session of which ada and grace are candidates, and its staff. */
export async function openWatchedRoom(
  config: Partial<SessionConfig> = {},
  home: HomeName = "shared",
): Promise<WatchedRoom> {
  tenants += 1;
  const tenantId = brand<TenantId>(`tenant-${tenants}-${crypto.randomUUID().slice(0, 8)}`);
  const session = await openRoom({ tenantId, ...config });
  if (session.name === undefined) throw new Error("a session is found by its name");
  const examSessionId = brand<ExamSessionId>(session.name);
  await seed(tenantId, examSessionId, home);

  async function cookieOf(person: PersonName): Promise<string> {
    const expiresAt = Date.now() + hour;
    if (person === "ada" || person === "grace") {
      const claims = { tenantId, examSessionId, attemptId: attempts[person], cnf: { jkt: browsers[person] }, linkHash };
      return `__Secure-invigil_attempt=${await sealToken(settings, candidateToken, claims, expiresAt)}`;
    }
    const memberId = memberOf(tenantId, person);
    const claims = { tenantId, memberId, signInId: brand<SignInId>(memberId) };
    return `__Host-invigil_staff=${await sealToken(settings, staffToken, claims, expiresAt)}`;
  }

  return {
    tenantId,
    examSessionId,
    session,
    cookieOf,
    async call(method, path, { as, json, bytes, headers = {}, env: change = {} } = {}) {
      const sent = new Headers({ origin });
      if (as !== undefined) sent.set("cookie", await cookieOf(as));
      if (json !== undefined) sent.set("content-type", "application/json");
      if (bytes !== undefined) {
        sent.set("content-type", "application/octet-stream");
        // A Request that never crosses a wire is not given one.
        sent.set("content-length", String(bytes.byteLength));
      }
      for (const [name, value] of Object.entries(headers)) sent.set(name, value);
      const key = keyOfCookie(sent.get("cookie") ?? undefined);
      const [, attemptId] = /^\/v1\/sit\/([\w-]+)/.exec(path) ?? [];
      if (key !== null && attemptId !== undefined) {
        const nonce = await proofNonce(settings, brand<AttemptId>(attemptId), Date.now());
        sent.set(proofHeader, await makeProof(key, { method, url: new URL(path, origin), nonce }));
      }
      const body = json === undefined ? (bytes ?? null) : JSON.stringify(json);
      return app.fetch(new Request(`${origin}${path}`, { method, headers: sent, body }), { ...env, ...change });
    },
    async consent(person) {
      const line = await asCandidate(session, attempts[person], browsers[person]);
      const outcome = await line.do({ type: "giveConsent", textSha256: consentSha256 });
      if (!outcome.accepted) throw new Error(`consent was refused: ${outcome.refusal}`);
    },
  };
}

/** Member ids are unique in a tenant only, and a test may have two tenants. */
export function memberOf(tenantId: TenantId, person: StaffName): MemberId {
  return brand<MemberId>(`${person}-${tenantId}`.slice(0, 64));
}

async function seed(tenantId: TenantId, examSessionId: ExamSessionId, home: HomeName): Promise<void> {
  const { database } = homesOf(env)[home];
  const insert = (table: string, row: Readonly<Record<string, string | number | null>>) => {
    const columns = Object.keys(row);
    const sql = `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`;
    return database.prepare(sql).bind(...Object.values(row));
  };
  const tenant = { tenant_id: tenantId };
  const members = (Object.keys(staff) as StaffName[]).flatMap((person) => {
    const id = memberOf(tenantId, person);
    const member = {
      ...tenant,
      id,
      email: `${person}@${tenantId}.test`,
      name: person,
      password_hash: "-",
      created_at: 0,
    };
    const signIn = { refresh_hash: "", rotated_at: 0, created_at: 0, expires_at: Date.now() + 24 * hour };
    return [
      insert("members", member),
      insert("sign_ins", { ...tenant, id, member_id: id, ...signIn }),
      insert("member_roles", { ...tenant, member_id: id, role: staff[person] }),
    ];
  });
  const candidates = (Object.keys(attempts) as (keyof typeof attempts)[]).flatMap((person) => [
    insert("candidates", { ...tenant, id: person, name: person, email: null }),
    insert("registrations", {
      ...tenant,
      id: `registration-${person}`,
      sitting_id: "sitting-1",
      exam_session_id: examSessionId,
      candidate_id: person,
      attempt_id: attempts[person],
      link_hash: crypto.randomUUID(),
      link_expires_at: Date.now() + hour,
      created_at: 0,
    }),
  ]);
  const tenantRow = "INSERT INTO tenants (id, name, home, created_at) VALUES (?, 'An institution', ?, 0)";
  // In the directory, and with its own rows.
  for (const each of new Set([env.DB, database])) await each.prepare(tenantRow).bind(tenantId, home).run();
  await database.batch([
    ...members,
    insert("exams", { ...tenant, id: "exam-1", draft: "{}", updated_at: 0 }),
    insert("exam_versions", {
      ...tenant,
      id: "version-1",
      exam_id: "exam-1",
      number: 1,
      title: "First aid",
      content: "{}",
      published_at: 0,
      published_by: memberOf(tenantId, "noor"),
    }),
    insert("sittings", {
      ...tenant,
      id: "sitting-1",
      exam_version_id: "version-1",
      title: "Spring",
      opens_at: 0,
      closes_at: Date.now() + 24 * hour,
    }),
    insert("exam_sessions", { ...tenant, id: examSessionId, sitting_id: "sitting-1" }),
    insert("proctor_assignments", {
      ...tenant,
      exam_session_id: examSessionId,
      member_id: memberOf(tenantId, "lin"),
    }),
    ...candidates,
  ]);
}
