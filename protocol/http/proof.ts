import * as v from "valibot";

/**
 * Proofs of a browser's key (DPoP, RFC 9449). Every request under `/v1/sit/{attemptId}` carries one in `DPoP`; a socket,
 * for which a browser sends no headers of the page's, carries it as its second subprotocol, beside `socketProtocol`, which
 * is the one that is answered. The server says in `DPoP-Nonce` what the next proofs must have as `nonce`.
 */
export const proofHeader = "dpop";
export const nonceHeader = "dpop-nonce";
export const socketProtocol = "invigil";

/** So long a nonce is good, by the server's clock. The device's clock is not asked. */
export const nonceMs = 5 * 60 * 1000;

/** What `WWW-Authenticate` says when the proof is sound but old, or there is none: make one with the new nonce (section 8). */
export const nonceWanted = 'DPoP error="use_dpop_nonce"';

const coordinate = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));

/** A public key of P-256 and nothing else: a private part, or whatever else could be read in two ways, is none. */
export const proofKeySchema = v.strictObject({
  kty: v.literal("EC"),
  crv: v.literal("P-256"),
  x: coordinate,
  y: coordinate,
});
export type ProofKey = v.InferOutput<typeof proofKeySchema>;

/**
 * Section 4.2. `htm` and `htu`: the request's method and address, without its query. `nonce`: of this attempt, and none at
 * check-in, where the server has not spoken yet.
 */
export const proofClaimsSchema = v.object({
  jti: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{16,64}$/)),
  htm: v.string(),
  htu: v.string(),
  nonce: v.optional(v.string()),
});
export type ProofClaims = v.InferOutput<typeof proofClaimsSchema>;
