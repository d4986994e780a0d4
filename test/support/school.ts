import { env as bindings, exports } from "cloudflare:workers";
import type { AttemptId, ExamSessionId, KeyId, MemberId, SignInId, SittingId, TenantId } from "#domain/exam/ids.ts";
import { brand } from "#domain/exam/ids.ts";
import type { ExamDraft } from "#protocol/http/exam.ts";
import { type Exam, examVersionSummarySchema } from "#protocol/http/exam.ts";
import type { Problem } from "#protocol/http/problem.ts";
import type { Permission, Role } from "#domain/access/permission.ts";
import type { IssuedLink, Registration } from "#protocol/http/registration.ts";
import type { Sitting } from "#protocol/http/sitting.ts";
import { newApiKeyToken } from "#worker/auth/api-key-token.ts";
import { candidateToken } from "#worker/auth/candidate-token.ts";
import { makeProof } from "#client/http/make-proof.ts";
import { proofNonce } from "#worker/auth/proof-nonce.ts";
import { keyOfCookie, newBrowser, proofAs, thumbprintOf } from "./browsers.ts";
import { hashPassword } from "#worker/auth/password.ts";
import { tokenHash } from "#worker/auth/random-token.ts";
import { sealToken } from "#worker/auth/sealed-token.ts";
import { staffToken } from "#worker/auth/staff-token.ts";
import { type Env, settingsOf } from "#worker/env.ts";
import { newId } from "#worker/new-id.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import * as v from "valibot";
import { type ApiDocument, checkAnswer } from "./check-answer.ts";

export const env: Env = bindings;
export const settings = settingsOf(env);
export const origin = "https://invigil.test";
export const password = "correct horse battery";
const passwordHash = await hashPassword(password);
const hourMs = 3_600_000;
/** The key of the browser that `attemptCookie` is for. */
const adasKey = await newBrowser();

export type Person = { readonly tenantId: TenantId; readonly id: MemberId; readonly roles: readonly Role[] };

const north = brand<TenantId>("north");
const south = brand<TenantId>("south");
const east = brand<TenantId>("east");
function person(tenantId: TenantId, id: string, ...roles: readonly Role[]): Person {
  return { tenantId, id: brand<MemberId>(id), roles };
}

/**
 * The staff of the school in the north; mallory is everything at once in another school, and does everything wrong. So does
 * marek, whose school lives in another database.
 */
export const rosa = person(north, "rosa", "admin");
export const noor = person(north, "noor", "author");
export const lin = person(north, "lin", "proctor");
export const pia = person(north, "pia", "proctor");
export const ruth = person(north, "ruth", "reviewer");
export const olu = person(north, "olu", "auditor");
export const mallory = person(south, "mallory", "admin", "author", "proctor", "reviewer", "auditor");
export const marek = person(east, "marek", "admin", "author", "proctor", "reviewer", "auditor");

/** Three schools with their staff, in the empty databases that each test begins with. */
export async function openSchools(): Promise<void> {
  const { DB, DB_EU } = env;
  const tenant = "insert into tenants (id, name, created_at, home) values (?, ?, 0, ?)";
  await DB.prepare(tenant).bind(east, "School of the East", "eu").run();
  await openHome(DB, "shared", [north, south], [rosa, noor, lin, pia, ruth, olu, mallory]);
  await openHome(DB_EU, "eu", [east], [marek]);
}

async function openHome(
  database: D1Database,
  home: string,
  tenants: readonly TenantId[],
  staff: readonly Person[],
): Promise<void> {
  const tenant = database.prepare("insert into tenants (id, name, created_at, home) values (?, ?, 0, ?)");
  const member = database.prepare(
    "insert into members (tenant_id, id, email, name, password_hash, created_at) values (?, ?, ?, ?, ?, 0)",
  );
  const role = database.prepare("insert into member_roles (tenant_id, member_id, role) values (?, ?, ?)");
  await database.batch([
    ...tenants.map((id) => tenant.bind(id, `School of the ${capital(id)}`, home)),
    ...staff.map(({ tenantId, id }) => member.bind(tenantId, id, emailOf({ id }), id, passwordHash)),
    ...staff.map((one) => signInOf(database, one)),
    ...staff.flatMap(({ tenantId, id, roles }) => roles.map((held) => role.bind(tenantId, id, held))),
  ]);
}

/** Each of them is signed in once already, by this id. */
export function signInIdOf({ id }: Pick<Person, "id">): SignInId {
  return brand<SignInId>(`sign-in-of-${id}`);
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function signInOf(database: D1Database, one: Person): D1PreparedStatement {
  const insert = database.prepare(
    "insert into sign_ins (tenant_id, id, member_id, refresh_hash, rotated_at, created_at, expires_at) values (?, ?, ?, '', ?, 0, ?)",
  );
  return insert.bind(one.tenantId, signInIdOf(one), one.id, Date.now(), Date.now() + 24 * hourMs);
}

export function emailOf({ id }: Pick<Person, "id">): string {
  return `${id}@school.example`;
}

export type Call = {
  readonly cookie?: string;
  /** A key of the API: then it is a program that asks, from no page. */
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/**
 * One request to the Worker from a page of its own. A candidate's carries the proof that the page makes: of the browser
 * whose cookie it is, or of a new one.
 */
export async function call(
  method: string,
  path: string,
  { cookie, key, body, headers = {} }: Call = {},
): Promise<Response> {
  const from = key === undefined ? { origin } : { authorization: `Bearer ${key}` };
  const all = new Headers({ ...from, ...(await proofHeaders(method, path, cookie, headers)), ...headers });
  if (cookie !== undefined) all.set("cookie", cookie);
  if (body !== undefined && !all.has("content-type")) all.set("content-type", "application/json");
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const asked = { method, headers: all, redirect: "manual" } as const;
  const init = body === undefined ? asked : { ...asked, body: text };
  const answer = await worker.fetch(new Request(`${origin}${path}`, init));
  await checkAnswer(await (document ??= readDocument()), method, `${origin}${path}`, answer);
  return answer;
}

const worker = (exports as { default: Fetcher }).default;
let document: Promise<ApiDocument> | null = null;

/** What the API says of itself: every answer that a test gets is held to it. */
async function readDocument(): Promise<ApiDocument> {
  return (await worker.fetch(new Request(`${origin}/openapi.json`))).json();
}

async function proofHeaders(
  method: string,
  path: string,
  cookie: string | undefined,
  headers: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const { pathname } = new URL(path, origin);
  const [, attemptId] = /^\/v1\/sit\/([\w-]+)/.exec(pathname) ?? [];
  if (attemptId === undefined && pathname !== "/v1/check-in") return {};
  const nonce = attemptId === undefined ? null : await proofNonce(settings, brand<AttemptId>(attemptId), Date.now());
  const key = keyOfCookie(cookie) ?? (attemptId === undefined ? await newBrowser() : adasKey);
  return proofAs(headers, await makeProof(key, { method, url: new URL(path, origin), nonce }));
}

/** The cookie of somebody who signed in and has `leftMs` left. */
export async function staffCookie(who: Person, leftMs: number = hourMs): Promise<string> {
  const claims = { tenantId: who.tenantId, memberId: who.id, signInId: signInIdOf(who) };
  const token = await sealToken(settings, staffToken, claims, Date.now() + leftMs);
  return `__Host-invigil_staff=${token}`;
}

/** The token of a fresh key of somebody, as it is told once. */
export async function keyOf(
  who: Person,
  scopes: readonly Permission[],
  { expiresAt = Date.now() + hourMs, revokedAt = null }: { expiresAt?: number; revokedAt?: number | null } = {},
): Promise<string> {
  const keyId = newId<KeyId>();
  const { text } = newApiKeyToken(who.tenantId, keyId);
  const insert = databaseOf(who).prepare(
    `insert into api_keys (tenant_id, id, member_id, name, scopes, token_hash, created_at, expires_at, revoked_at)
    values (?, ?, ?, 'key', ?, ?, 0, ?, ?)`,
  );
  const hash = await tokenHash(text);
  await insert.bind(who.tenantId, keyId, who.id, JSON.stringify(scopes), hash, expiresAt, revokedAt).run();
  return text;
}

/** Where the rows of somebody's school are. */
export function databaseOf({ tenantId }: Pick<Person, "tenantId">): D1Database {
  return tenantId === east ? env.DB_EU : env.DB;
}

export async function attemptCookie(
  attemptId: AttemptId,
  examSessionId: ExamSessionId,
  leftMs: number = hourMs,
): Promise<string> {
  const linkHash = await linkHashOf(attemptId);
  const claims = { tenantId: north, examSessionId, attemptId, cnf: { jkt: await thumbprintOf(adasKey) }, linkHash };
  return `__Secure-invigil_attempt=${await sealToken(settings, candidateToken, claims, Date.now() + leftMs)}`;
}

/** The hash of the link that opens the attempt now; of no link at all when there is no such attempt. */
async function linkHashOf(attemptId: AttemptId): Promise<string> {
  const statement = env.DB.prepare("select link_hash from registrations where attempt_id = ?").bind(attemptId);
  return (await statement.first<string>("link_hash")) ?? "0".repeat(64);
}

export async function jsonOf<Body>(response: Response): Promise<Body> {
  if (!response.ok) throw new Error(`answered ${response.status}: ${await response.text()}`);
  return response.json();
}

export async function problemOf(response: Response): Promise<Problem> {
  if (response.headers.get("content-type") !== "application/problem+json") {
    throw new Error(`${response.status} is no problem+json: ${await response.text()}`);
  }
  return response.json();
}

const { id: _id, examId: _examId, number: _number, ...content } = firstAid;
export const draft = structuredClone(content) as ExamDraft;

export type Scheduled = { readonly exam: Exam; readonly sitting: Sitting; readonly links: readonly IssuedLink[] };

/** An exam published by noor, a sitting by rosa with ada and grace, proctored by lin. */
export async function scheduleSitting(change: { opensAt?: number; closesAt?: number } = {}): Promise<Scheduled> {
  const author = { cookie: await staffCookie(noor) };
  const admin = { cookie: await staffCookie(rosa) };
  const exam = await jsonOf<Exam>(await call("POST", "/v1/exams", { ...author, body: draft }));
  const published = await jsonOf(await call("POST", `/v1/exams/${exam.id}/versions`, author));
  const { id: examVersionId } = v.parse(examVersionSummarySchema, published);
  const window = { opensAt: Date.now() - hourMs, closesAt: Date.now() + hourMs, ...change };
  const body = { examVersionId, title: "Spring", ...window };
  const { id } = await jsonOf<Sitting>(await call("POST", "/v1/sittings", { ...admin, body }));
  const candidates = [
    { name: "Ada", email: "ada@people.example" },
    { name: "Grace", email: null },
  ];
  const { links } = await jsonOf<{ links: IssuedLink[] }>(
    await call("POST", `/v1/sittings/${id}/registrations`, { ...admin, body: { candidates } }),
  );
  const proctors = { ...admin, body: { memberIds: [lin.id] } };
  return { exam, links, sitting: await jsonOf<Sitting>(await call("PUT", `/v1/sittings/${id}/proctors`, proctors)) };
}

/** Who has a place in a sitting of the north, by name. */
export async function registrationsOf(sittingId: SittingId): Promise<readonly Registration[]> {
  const admin = { cookie: await staffCookie(rosa) };
  const answer = await call("GET", `/v1/sittings/${sittingId}/registrations`, admin);
  return (await jsonOf<{ registrations: Registration[] }>(answer)).registrations;
}

export function tokenOf({ link }: IssuedLink): string {
  return new URL(link).hash.slice(1);
}
