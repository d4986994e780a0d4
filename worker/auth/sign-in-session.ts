import type { Context } from "hono";
import { accessMs, longestSignInMs, refreshOf } from "#domain/access/refresh.ts";
import { isEnough } from "#domain/access/factor-rule.ts";
import type { MemberId, SignInId, TenantId } from "#domain/exam/ids.ts";
import type { Me } from "#protocol/http/sign-in.ts";
import type { AppContext, AppEnv, MemberEnv } from "../app-env.ts";
import { type Act, type Acting, actingOf } from "../audit/acting.ts";
import { examSessionReader } from "../database/exam-session-reader.ts";
import { factorRuleReader } from "../database/factor-rule-reader.ts";
import { memberReader } from "../database/member-reader.ts";
import { signInReader } from "../database/sign-in-reader.ts";
import { rotateRefresh, type Shown, signInWriter } from "../database/sign-in-writer.ts";
import type { Env } from "../env.ts";
import { examSession } from "../exam-sessions.ts";
import { type Home, homeOf } from "../home.ts";
import { log } from "../log.ts";
import { newId } from "../new-id.ts";
import { clearStaffCookies, readRefreshCookie, setRefreshCookie, setStaffCookie } from "./cookie.ts";
import { rememberBrowser } from "./guard-sign-in.ts";
import { tokenHash } from "./random-token.ts";
import { newRefreshToken, parseRefreshToken, refreshTokenAfter } from "./refresh-token.ts";
import { sealToken } from "./sealed-token.ts";
import { type StaffClaims, staffToken } from "./staff-token.ts";
import { whereaboutsOf } from "./whereabouts.ts";

/** A sign-in, and the member as they are signed in by it; null where it never began, or was ended as it did. */
type Begun = { readonly signInId: SignInId; readonly me: Me | null };

/**
 * Signs a member in at this browser: a sign-in of its own, and the cookies for it. From then on it is a browser that the
 * account knows. The caller has checked who it is, by `shown`; where that is good no more, nothing begins.
 */
export async function beginSignIn(c: AppContext, { database }: Home, acting: Acting, shown: Shown): Promise<Begun> {
  const { tenantId, memberId } = acting;
  const now = Date.now();
  const id = newId<SignInId>();
  const refresh = newRefreshToken(tenantId, id);
  const expiresAt = now + longestSignInMs;
  const refreshHash = await tokenHash(refresh.text);
  const started = { id, refreshHash, now, expiresAt, shown, ...whereaboutsOf(c) };
  if (!(await signInWriter(database, acting).begin(started))) return { signInId: id, me: null };
  await giveAccess(c, { tenantId, memberId, signInId: id });
  setRefreshCookie(c, refresh.text, longestSignInMs);
  await rememberBrowser(c, c.var.settings, acting);
  log({ event: "signed-in", requestId: c.var.requestId, tenantId, memberId });
  return { signInId: id, me: await memberReader(database, tenantId).signedIn(memberId, id, Date.now()) };
}

/**
 * Gives this browser a new access token for its refresh token, and a new refresh token with it. False when it has none
 * that is good: then its cookies go, and when it was used before, so does the sign-in with everything that is open by it.
 */
export async function renewSignIn(c: Context<AppEnv>): Promise<boolean> {
  const cookie = readRefreshCookie(c);
  const token = cookie === null ? null : parseRefreshToken(cookie);
  if (token === null) return false;
  const { tenantId, signInId } = token;
  const now = Date.now();
  const hash = await tokenHash(token.text);
  const home = await homeOf(c.env, tenantId);
  const stored = await signInReader(home.database, tenantId).byId(signInId);
  const meaning = stored === null ? "over" : refreshOf(stored, hash, now);
  if (stored === null || meaning === "over") {
    clearStaffCookies(c);
    return false;
  }
  const { memberId } = stored;
  if (meaning === "reused") {
    log({ event: "refresh-token-reused", requestId: c.var.requestId, tenantId, memberId });
    const acting = actingOf(c, home.database, { tenantId, memberId });
    await endSignIns(c.env, home, acting, [signInId], { kind: "refresh-token-reused", on: null });
    clearStaffCookies(c);
    return false;
  }
  const next = await refreshTokenAfter(c.var.settings, token);
  const nextHash = await tokenHash(next.text);
  if (meaning === "rotate") {
    const { place } = whereaboutsOf(c);
    await rotateRefresh(home.database, tenantId, { id: signInId, from: hash, to: nextHash, now, place });
  }
  // Whoever was first in a race of two, the successor is the same; it is not when the key has changed in between.
  const isNext = meaning === "rotate" || stored.refreshHash === nextHash;
  await giveAccess(c, { tenantId, memberId, signInId });
  if (isNext) setRefreshCookie(c, next.text, stored.expiresAt - now);
  return true;
}

/**
 * Ends sign-ins of a member, and every console that was opened by one of them. Tells how many had not ended before.
 * The consoles are sent away after the database knows, so that one that comes back at once is not let in again.
 */
export async function endSignIns(
  env: Pick<Env, "EXAM_SESSIONS">,
  { database }: Home,
  acting: Acting,
  ids: readonly SignInId[],
  act: Act,
): Promise<number> {
  if (ids.length === 0) return 0;
  const now = Date.now();
  const ended = await signInWriter(database, acting).end(ids, now, act);
  if (ended.length === 0) return 0;
  await closeConsoles(env, database, acting, ended);
  return ended.length;
}

/** Closes every console of the member that was opened by one of these sign-ins. */
export async function closeConsoles(
  env: Pick<Env, "EXAM_SESSIONS">,
  database: D1Database,
  { tenantId, memberId }: Pick<Acting, "tenantId" | "memberId">,
  ended: readonly SignInId[],
): Promise<void> {
  const rooms = await examSessionReader(database, tenantId).openRoomsOf(memberId, Date.now());
  await Promise.all(rooms.map((room) => examSession(env, room).endSignIns(ended)));
}

/** Closes every console that was opened by one of these sign-ins, whoever's they are. */
export async function closeConsolesOf(
  env: Pick<Env, "EXAM_SESSIONS">,
  { database }: Home,
  tenantId: TenantId,
  signIns: readonly { readonly signInId: SignInId; readonly memberId: MemberId }[],
): Promise<void> {
  const byMember = Map.groupBy(signIns, ({ memberId }) => memberId);
  await Promise.all(
    Array.from(byMember, ([memberId, own]) =>
      closeConsoles(
        env,
        database,
        { tenantId, memberId },
        own.map(({ signInId }) => signInId),
      ),
    ),
  );
}

/**
 * Ends every sign-in of the member who asks but the one that they ask by, and tells how many. The act is written where one was.
 * The consoles of that one close too, where it lost with the last second factor what the institution demands. [G93]
 */
export async function endOtherSignIns(c: Context<MemberEnv>): Promise<number> {
  const { acting, home, signInId } = c.var;
  const entries = await signInReader(home.database, acting.tenantId).ofMember(acting.memberId, Date.now());
  const others = entries.map((entry) => entry.signInId).filter((id) => id !== signInId);
  const act: Act = { kind: "sign-in-ended", on: null, details: { all: false } };
  const ended = await endSignIns(c.env, home, acting, others, act);
  const reader = factorRuleReader(home.database, acting.tenantId);
  const [rule, shown] = await Promise.all([reader.rule(), signInId === null ? null : reader.shownIn(signInId)]);
  const isBelow = shown !== null && !isEnough(rule, shown);
  if (signInId !== null && isBelow) await closeConsoles(c.env, home.database, acting, [signInId]);
  return ended;
}

async function giveAccess(c: AppContext, claims: StaffClaims): Promise<void> {
  setStaffCookie(c, await sealToken(c.var.settings, staffToken, claims, Date.now() + accessMs), accessMs);
}
