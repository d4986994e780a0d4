import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { CookieOptions } from "hono/utils/cookie";
import type { AttemptId } from "#domain/exam/ids.ts";
import { hasBearer } from "./api-key-token.ts";

const staffCookie = "invigil_staff";
const refreshCookie = "invigil_refresh";
const attemptCookie = "invigil_attempt";
const knownBrowserCookie = "invigil_known";
const secondStepCookie = "invigil_second_factor";
const challengeCookie = "invigil_passkey";
const wayCookie = "invigil_single_sign_on";
const wayPath = "/v1/sign-in/single-sign-on";
const refreshPath = "/v1/sign-in/refresh";
const secondStepPath = "/v1/sign-in/second-factor";
/** Browsers keep no cookie for longer than 400 days (RFC 6265bis, section 5.5), and Hono throws at one that asks for it. */
const longestSeconds = 400 * 24 * 60 * 60;

export function readStaffCookie(c: Context): string | null {
  return readCookie(c, staffCookie);
}

export function setStaffCookie(c: Context, token: string, lifetimeMs: number): void {
  setCookie(c, staffCookie, token, { ...optionsFor(c, "/"), maxAge: Math.floor(lifetimeMs / 1000) });
}

export function readRefreshCookie(c: Context): string | null {
  return readCookie(c, refreshCookie);
}

/** Goes along only where an access token is asked for. */
export function setRefreshCookie(c: Context, token: string, lifetimeMs: number): void {
  setCookie(c, refreshCookie, token, { ...optionsFor(c, refreshPath), maxAge: Math.floor(lifetimeMs / 1000) });
}

export function clearStaffCookies(c: Context): void {
  deleteCookie(c, staffCookie, optionsFor(c, "/"));
  deleteCookie(c, refreshCookie, optionsFor(c, refreshPath));
}

export function readKnownBrowserCookie(c: Context): string | null {
  return readCookie(c, knownBrowserCookie);
}

/** Goes along only where somebody signs in. */
export function setKnownBrowserCookie(c: Context, token: string, lifetimeMs: number): void {
  setCookie(c, knownBrowserCookie, token, { ...optionsFor(c, "/v1/sign-in"), maxAge: Math.floor(lifetimeMs / 1000) });
}

export function readSecondStepCookie(c: Context): string | null {
  return readCookie(c, secondStepCookie);
}

/** Goes along only where the second factor is shown. */
export function setSecondStepCookie(c: Context, token: string, lifetimeMs: number): void {
  setCookie(c, secondStepCookie, token, { ...optionsFor(c, secondStepPath), maxAge: Math.floor(lifetimeMs / 1000) });
}

export function clearSecondStepCookie(c: Context): void {
  deleteCookie(c, secondStepCookie, optionsFor(c, secondStepPath));
}

export function readChallengeCookie(c: Context): string | null {
  return readCookie(c, challengeCookie);
}

/** Goes along only where a passkey is shown or added. */
export function setChallengeCookie(c: Context, token: string, lifetimeMs: number): void {
  setCookie(c, challengeCookie, token, { ...optionsFor(c, "/v1/sign-in"), maxAge: Math.floor(lifetimeMs / 1000) });
}

export function clearChallengeCookie(c: Context): void {
  deleteCookie(c, challengeCookie, optionsFor(c, "/v1/sign-in"));
}

export function readWayCookie(c: Context): string | null {
  return readCookie(c, wayCookie);
}

/** Goes along where a provider sends the browser back to. That is another site, so that it cannot be Strict. */
export function setWayCookie(c: Context, token: string, lifetimeMs: number): void {
  setCookie(c, wayCookie, token, {
    ...optionsFor(c, wayPath),
    sameSite: "Lax",
    maxAge: Math.floor(lifetimeMs / 1000),
  });
}

export function clearWayCookie(c: Context): void {
  deleteCookie(c, wayCookie, { ...optionsFor(c, wayPath), sameSite: "Lax" });
}

export function readAttemptCookie(c: Context): string | null {
  return readCookie(c, attemptCookie);
}

/** The cookie goes only to its attempt's own paths, so that several attempts can live in one browser. */
export function setAttemptCookie(c: Context, attemptId: AttemptId, token: string, lifetimeMs: number): void {
  const options = optionsFor(c, `/v1/sit/${attemptId}`);
  setCookie(c, attemptCookie, token, { ...options, maxAge: Math.min(Math.floor(lifetimeMs / 1000), longestSeconds) });
}

/** None with a request that shows a key: it need not come from a page of ours. [K25] */
function readCookie(c: Context, name: string): string | null {
  return hasBearer(c) ? null : (getCookie(c, name, prefixFor(c, name === staffCookie ? "/" : null)) ?? null);
}

function optionsFor(c: Context, path: string): CookieOptions {
  const prefix = prefixFor(c, path);
  const secure = prefix !== undefined;
  return { path, httpOnly: true, sameSite: "Strict", secure, ...(secure && { prefix }) };
}

/** By such a name a browser knows that no host beside ours can have set it (RFC 6265bis, section 4.1.3). [G26] */
function prefixFor(c: Context, path: string | null): "host" | "secure" | undefined {
  if (isPlainLoopback(new URL(c.req.url))) return undefined;
  return path === "/" ? "host" : "secure";
}

/** On this computer there is no certificate, and not every browser takes a Secure cookie from http://localhost. */
function isPlainLoopback({ protocol, hostname }: URL): boolean {
  return protocol === "http:" && (hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]");
}
