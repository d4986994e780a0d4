import * as v from "valibot";
import type { OutgoingMessage } from "./outgoing/outgoing-message.ts";

/** What the platform hands over, unread: bindings from wrangler.toml, and settings that may be missing or malformed. */
export type Env = {
  /** The directory of institutions, and the rows of those that share a home. */
  readonly DB: D1Database;
  readonly DB_EU: D1Database;
  readonly RECORDINGS: R2Bucket;
  readonly RECORDINGS_EU: R2Bucket;
  /** Tiles and checkpoints of transparency logs, which strangers may read. */
  readonly LOGS: R2Bucket;
  readonly EXAM_SESSIONS: DurableObjectNamespace;
  readonly SIGN_IN_GUARDS: DurableObjectNamespace;
  readonly TRANSPARENCY_LOGS: DurableObjectNamespace;
  /** What is to be sent out: what the Worker itself takes from it again, and tries until it is taken. */
  readonly OUTGOING: Queue<OutgoingMessage>;
  /** Sends mails; on a developer's computer it writes them to files. */
  readonly MAIL: SendEmail;
  readonly ASSETS: Fetcher;
  /** How often one address may measure its line. */
  readonly UPLOAD_PROBES: RateLimit;
  /** How often one key of the API may ask. */
  readonly KEY_REQUESTS: RateLimit;
  readonly TOKEN_SIGNING_KEY?: string;
  readonly TOKEN_RETIRED_KEYS?: string;
  readonly CHECKPOINT_SIGNING_KEY?: string;
  readonly CHECKPOINT_ORIGIN?: string;
  readonly RECORDING_KEY?: string;
  readonly MAIL_FROM?: string;
  readonly OPERATOR_KEY?: string;
  readonly SFU_BASE_URL?: string;
  readonly SFU_APP_ID?: string;
  readonly SFU_APP_SECRET?: string;
};

/** 32 bytes in base64url without padding, as a JWK of Ed25519 has them (RFC 8037, section 2). */
const keyPart = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));
const ed25519PrivateKey = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ kty: v.literal("OKP"), crv: v.literal("Ed25519"), x: keyPart, d: keyPart }),
);
const ed25519PublicKeys = v.pipe(
  v.string(),
  v.parseJson(),
  v.array(v.object({ kty: v.literal("OKP"), crv: v.literal("Ed25519"), x: keyPart })),
);
const base64Of32Bytes = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9+/]{43}=$/),
  v.transform((text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0))),
);
const notEmpty = v.pipe(v.string(), v.minLength(1));

const settingsSchema = v.object({
  TOKEN_SIGNING_KEY: ed25519PrivateKey,
  /** Public keys that signed tokens until lately, and are believed until those are over. */
  TOKEN_RETIRED_KEYS: v.optional(ed25519PublicKeys, "[]"),
  CHECKPOINT_SIGNING_KEY: ed25519PrivateKey,
  /** A signed note's key name has no white space and no plus sign (c2sp.org/signed-note). */
  CHECKPOINT_ORIGIN: v.pipe(v.string(), v.regex(/^[^\s+]+$/)),
  RECORDING_KEY: base64Of32Bytes,
  /** What the operator of the installation proves to be it by; without one nobody is. */
  OPERATOR_KEY: v.optional(v.pipe(v.string(), v.minLength(32))),
  MAIL_FROM: v.pipe(v.string(), v.email()),
  SFU_BASE_URL: v.pipe(v.string(), v.url()),
  SFU_APP_ID: notEmpty,
  SFU_APP_SECRET: notEmpty,
});

export type Ed25519PublicJwk = v.InferOutput<typeof ed25519PublicKeys>[number];
export type Ed25519PrivateJwk = v.InferOutput<typeof ed25519PrivateKey>;

/** The settings, read: what is in it is whole and well formed. */
export type Settings = {
  readonly tokenSigningKey: Ed25519PrivateJwk;
  readonly retiredTokenKeys: readonly Ed25519PublicJwk[];
  readonly checkpointSigningKey: Ed25519PrivateJwk;
  readonly checkpointOrigin: string;
  /** 32 bytes: wraps the key of each attempt's recording. */
  readonly recordingKey: Uint8Array<ArrayBuffer>;
  readonly operatorKey: string | null;
  readonly mailFrom: string;
  readonly sfu: { readonly baseUrl: string; readonly appId: string; readonly appSecret: string };
};

/** Settings that are missing or malformed, by name. Never a value: most of them are secrets. */
export class IncompleteEnvironment extends Error {
  readonly names: readonly string[];
  constructor(names: readonly string[]) {
    super(`Missing or malformed settings: ${names.join(", ")}`);
    this.names = names;
  }
}

// The runtime hands the same object to every request of an isolate, so it is read once.
const read = new WeakMap<Env, Settings>();

/** The settings of this environment. Throws `IncompleteEnvironment` that names all that are wrong at once. */
export function settingsOf(env: Env): Settings {
  const known = read.get(env);
  if (known !== undefined) return known;
  const parsed = v.safeParse(settingsSchema, env);
  if (!parsed.success) {
    const names = parsed.issues.map((issue) => String(issue.path?.[0].key));
    throw new IncompleteEnvironment([...new Set(names)].toSorted());
  }
  const { output } = parsed;
  const settings: Settings = {
    tokenSigningKey: output.TOKEN_SIGNING_KEY,
    retiredTokenKeys: output.TOKEN_RETIRED_KEYS,
    checkpointSigningKey: output.CHECKPOINT_SIGNING_KEY,
    checkpointOrigin: output.CHECKPOINT_ORIGIN,
    recordingKey: output.RECORDING_KEY,
    operatorKey: output.OPERATOR_KEY ?? null,
    mailFrom: output.MAIL_FROM,
    sfu: {
      baseUrl: output.SFU_BASE_URL.replace(/\/+$/, ""),
      appId: output.SFU_APP_ID,
      appSecret: output.SFU_APP_SECRET,
    },
  };
  read.set(env, settings);
  return settings;
}
