import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { routePath } from "hono/route";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { EpochMs } from "#domain/integrity/signal.ts";
import type { Problem, ProblemCode, RowFault } from "#protocol/http/problem.ts";
import { hasBearer } from "./auth/api-key-token.ts";
import { IncompleteEnvironment } from "./env.ts";
import { faultOf, log } from "./log.ts";
import type { Asked } from "./logging-faults.ts";

type Kind = { readonly status: ContentfulStatusCode; readonly title: string; readonly detail: string };

/** What each code means over HTTP. `detail` is what is said when the place that refuses has nothing more exact to say. */
export const problemKinds: Readonly<Record<ProblemCode, Kind>> = {
  "bad-request": { status: 400, title: "Bad request", detail: "The request is not well formed." },
  "not-signed-in": { status: 401, title: "Not signed in", detail: "Sign in, or open your exam link again." },
  "wrong-credentials": { status: 401, title: "Wrong credentials", detail: "The e-mail or the password is wrong." },
  "second-factor-needed": {
    status: 401,
    title: "Second factor needed",
    detail: "The password is right. Go on with POST /v1/sign-in/second-factor: a code of the app, or a recovery code.",
  },
  "second-factor-demanded": {
    status: 403,
    title: "Second factor demanded",
    detail:
      "The institution asks for a second factor. Set up an authenticator app or a passkey, or sign in with the one that there is.",
  },
  "wrong-code": { status: 401, title: "Wrong code", detail: "The code is wrong, or was used before." },
  "passkey-refused": {
    status: 422,
    title: "Passkey refused",
    detail: "It is none of an account here, or answers a challenge that is over.",
  },
  "no-provider": {
    status: 422,
    title: "No provider",
    detail: "There is no provider of sign-ins there, or it does not answer as one.",
  },
  "sign-in-otherwise": {
    status: 409,
    title: "Sign in otherwise",
    detail: "It would end the very sign-in that asks. Sign in with a password or a passkey, and ask again.",
  },
  "weak-password": {
    status: 422,
    title: "Weak password",
    detail:
      "The new password is shorter than twelve characters, one that many people use, or made of little but the account's address and words of exams.",
  },
  "stale-proof": {
    status: 401,
    title: "Stale proof",
    detail: "Prove the browser's key with the nonce of this answer's DPoP-Nonce.",
  },
  "another-browser": {
    status: 401,
    title: "Another browser",
    detail: "The proof is not of the key with which the exam was opened, or not for this request.",
  },
  "idempotency-key-reused": {
    status: 422,
    title: "Idempotency key reused",
    detail: "Another request was sent with this Idempotency-Key. Take a new one for each.",
  },
  "email-taken": {
    status: 409,
    title: "E-mail taken",
    detail: "This address belongs to an account already. Use another one.",
  },
  "last-admin": {
    status: 409,
    title: "Last administrator",
    detail: "An institution keeps at least one administrator. Give somebody else the role first.",
  },
  "more-than-own": {
    status: 403,
    title: "More than one's own",
    detail: "Nobody gives what they may not do themselves.",
  },
  "too-many-tries": { status: 429, title: "Too many tries", detail: "Wait as long as Retry-After says, in seconds." },
  "proof-needed": {
    status: 403,
    title: "Proof needed",
    detail: "After this many failures a password is taken only from a browser that signed in before.",
  },
  "not-allowed": { status: 403, title: "Not allowed", detail: "Your role or your origin does not allow this." },
  "not-found": { status: 404, title: "Not found", detail: "There is nothing here for you." },
  "changed-meanwhile": {
    status: 412,
    title: "Changed meanwhile",
    detail: "Somebody else has changed it since it was read. Read it again.",
  },
  conflict: { status: 409, title: "Conflict", detail: "Somebody else changed it first." },
  "link-not-yet": { status: 403, title: "Link not yet", detail: "This link opens the exam only later." },
  "link-revoked": { status: 410, title: "Link revoked", detail: "The institution has made this link void." },
  "link-expired": { status: 410, title: "Link expired", detail: "The time in which this link opens the exam is over." },
  "link-in-use": { status: 409, title: "Link in use", detail: "Another browser took up this exam with the link." },
  "too-large": { status: 413, title: "Too large", detail: "The request is larger than what is taken here." },
  "too-often": { status: 429, title: "Too often", detail: "Too many of these came from one address. Wait a little." },
  "unsupported-media-type": {
    status: 415,
    title: "Unsupported media type",
    detail: "The body is of a type that is not taken here.",
  },
  "hash-mismatch": {
    status: 422,
    title: "Hash mismatch",
    detail: "The bytes do not have the hash that was announced.",
  },
  refused: { status: 409, title: "Refused", detail: "It cannot be done as things stand." },
  "out-of-credit": {
    status: 402,
    title: "Out of credit",
    detail: "The institution's credits do not cover it. Add fewer candidates, or have credits added.",
  },
  "media-unavailable": { status: 503, title: "Media unavailable", detail: "Live media cannot be reached now." },
  "viewer-gone": { status: 410, title: "Viewer gone", detail: "This viewer is over. Open a new one." },
  erased: { status: 410, title: "Erased", detail: "This was deleted: the time for which it is kept is over." },
  "internal-error": { status: 500, title: "Internal error", detail: "Something broke on our side." },
};

/** RFC 9457. `detail` is written by us and never repeats what was sent. */
export function problem(
  c: Context,
  code: ProblemCode,
  detail: string = problemKinds[code].detail,
  at: EpochMs | null = null,
  rows: readonly RowFault[] | null = null,
): Response {
  const { status, title } = problemKinds[code];
  // RFC 6750, section 3.
  if (status === 401 && hasBearer(c)) c.header("www-authenticate", "Bearer");
  const requestId = requestIdOf(c);
  if (status < 500) log({ event: "request-refused", requestId, method: c.req.method, route: routePath(c), code });
  const told = { ...(at === null ? {} : { at }), ...(rows === null ? {} : { rows: [...rows] }) };
  const body: Problem = { type: `about:blank#${code}`, title, status, code, detail, requestId, ...told };
  return c.json(body, status, { "content-type": "application/problem+json" });
}

/** The app's last catch. What lands here is a broken promise of our own, or Hono's own refusal of a malformed body. */
export function onError(error: Error, c: Context): Response {
  if (error instanceof HTTPException && error.status === 400) return problem(c, "bad-request");
  const requestId = requestIdOf(c);
  if (error instanceof IncompleteEnvironment) {
    log({ event: "environment-incomplete", requestId, names: error.names });
    return problem(c, "internal-error", "The server is not set up completely; its log names what is missing.");
  }
  log({ event: "request-failed", ...askedIn(c), ...faultOf(error) });
  return problem(c, "internal-error");
}

export function notFound(c: Context): Response {
  return problem(c, "not-found");
}

export function askedIn(c: Context): Asked {
  return { requestId: requestIdOf(c), method: c.req.method, route: routePath(c) };
}

export function requestIdOf(c: Context): string {
  const known: unknown = c.get("requestId");
  return typeof known === "string" ? known : "none";
}
