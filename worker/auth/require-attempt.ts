import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { nonceHeader, nonceWanted, proofHeader, socketProtocol } from "#protocol/http/proof.ts";
import type { CandidateEnv } from "../app-env.ts";
import { examSession } from "../exam-sessions.ts";
import { homeOf } from "../home.ts";
import { documented } from "../documented.ts";
import { problem } from "../problem.ts";
import { openProof } from "./browser-proof.ts";
import { type CandidateClaims, candidateToken } from "./candidate-token.ts";
import { readAttemptCookie } from "./cookie.ts";
import { nonceGoodUntil, proofNonce } from "./proof-nonce.ts";
import { openToken } from "./sealed-token.ts";

/**
 * For `/v1/sit/:attemptId/…`: `c.var.candidate` is who checked in to that attempt, and asks with the key of the browser in
 * which that was. No cookie, an expired one and one of another attempt are all the same 401, whether or not there is such an
 * attempt. With a good cookie every answer has the nonce for the next proofs. [G70]
 */
export const requireAttempt = documented(
  createMiddleware<CandidateEnv>(async (c, next) => {
    const token = readAttemptCookie(c);
    const claims = token === null ? null : await openToken(c.var.settings, candidateToken, token);
    if (claims === null || claims.attemptId !== c.req.param("attemptId")) return problem(c, "not-signed-in");
    const refusal = await whyNotProven(c, claims);
    const { cnf, ...candidate } = claims;
    if (refusal === null) {
      c.set("candidate", { ...candidate, browser: cnf.jkt });
      c.set("home", await homeOf(c.env, candidate.tenantId));
      await next();
    } else c.res = problem(c, refusal);
    // A socket's answer may not be changed any more, and its page reads no header of it.
    if (c.res.status === 101) return;
    c.header(nonceHeader, await proofNonce(c.var.settings, claims.attemptId, Date.now()));
    if (refusal === "stale-proof") c.header("www-authenticate", nonceWanted);
  }),
  { "x-ways": ["candidate"], "x-problems": ["not-signed-in", "stale-proof", "another-browser"] },
);

type Refusal = "stale-proof" | "another-browser";

/** [G71] [G72] [G73] [G74] A proof is of the cookie's key, for this request, with a nonce of this attempt, and good once. */
async function whyNotProven(c: Context<CandidateEnv>, claims: CandidateClaims): Promise<Refusal | null> {
  const text = proofIn(c);
  if (text === "") return "stale-proof";
  const proof = await openProof(text, c.req.raw);
  if (proof === null || proof.thumbprint !== claims.cnf.jkt) return "another-browser";
  const { attemptId, examSessionId } = claims;
  const goodUntil = await nonceGoodUntil(c.var.settings, attemptId, proof.nonce ?? "", Date.now());
  if (goodUntil === null) return "stale-proof";
  const isFirst = await examSession(c.env, examSessionId).spendProof(attemptId, proof.id, goodUntil);
  // A browser may send a request again by itself, when the line broke before the answer: its page then makes a new proof.
  return isFirst ? null : "stale-proof";
}

/** What is in the place of a proof; empty where nothing is. */
function proofIn(c: Context): string {
  if (c.req.header("upgrade") === undefined) return c.req.header(proofHeader) ?? "";
  const [name, proof = ""] = (c.req.header("sec-websocket-protocol") ?? "").split(/\s*,\s*/);
  return name === socketProtocol ? proof : "";
}
