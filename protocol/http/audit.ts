import * as v from "valibot";
import { auditEntrySchema, auditKinds } from "../audit.ts";
import { type Column, isoMoment } from "./csv.ts";
import { epochMs, idField } from "./field.ts";

/** Where a page of entries ends, for the one after it: the moment and the number of its last entry. */
const cursor = v.pipe(v.string(), v.regex(/^\d{1,15}\.\d{1,15}$/));
const moment = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number), epochMs);

/** `GET /v1/audit`, newest first. All that is given must hold. `who`: a member's id, `candidate`, `system` or `operator`; `on`: an id. */
export const auditQuerySchema = v.object({
  who: v.optional(idField()),
  what: v.optional(v.picklist(auditKinds)),
  on: v.optional(idField()),
  /** Milliseconds since 1970, both included. */
  from: v.optional(moment),
  to: v.optional(moment),
  before: v.optional(cursor),
});
export type AuditQuery = v.InferOutput<typeof auditQuerySchema>;

/** `number`: its place in the institution's log, from 1 without gaps. Names are those of today, null for what is gone. */
const listedEntrySchema = v.object({
  number: v.number(),
  entry: auditEntrySchema,
  whoName: v.nullable(v.string()),
  onName: v.nullable(v.string()),
});

/** `GET /v1/audit` as CSV, newest first. `by_key`: of the member's key that did it; `details` in JSON. */
export const auditColumns: readonly Column<v.InferOutput<typeof listedEntrySchema>>[] = [
  ["number", ({ number }) => number],
  ["at", ({ entry }) => isoMoment(entry.at)],
  ["what", ({ entry }) => entry.kind],
  ["who", ({ entry: { who } }) => who.kind],
  [
    "who_id",
    ({ entry: { who } }) => (who.kind === "member" ? who.id : who.kind === "key" ? who.memberId : null),
    "ids",
  ],
  ["who_name", ({ whoName }) => whoName],
  ["by_key", ({ entry: { who } }) => (who.kind === "key" ? who.id : null), "ids"],
  ["on", ({ entry: { on } }) => on?.kind ?? null],
  ["on_id", ({ entry: { on } }) => on?.id ?? null, "ids"],
  ["on_name", ({ onName }) => onName],
  ["from", ({ entry }) => entry.from],
  ["request", ({ entry }) => entry.requestId],
  ["details", ({ entry }) => JSON.stringify(entry.details)],
];

export const auditListSchema = v.object({
  entries: v.array(listedEntrySchema),
  /** The cursor of the entries before these; null where there are none. */
  older: v.nullable(v.string()),
  /** How far the entries are signed, and when the latest checkpoint was made; null while there is none. */
  signed: v.nullable(v.object({ logId: v.string(), size: v.number(), at: epochMs })),
});
export type AuditList = v.InferOutput<typeof auditListSchema>;

/**
 * `GET /v1/audit/{number}/proof`: that an entry is in the log. `hashes` in base64: RFC 6962's audit path of the leaf at
 * `number - 1` in the tree that `checkpoint` signs; `leaf`, in base64, is SHA-256 of `salt` and `entry`, which are null where
 * they were erased.
 */
export const auditProofSchema = v.object({
  number: v.number(),
  salt: v.nullable(v.string()),
  entry: v.nullable(v.string()),
  leaf: v.string(),
  checkpoint: v.string(),
  hashes: v.array(v.string()),
});
export type AuditProof = v.InferOutput<typeof auditProofSchema>;

/** What an export calls itself, and its version: it is kept for years, and read by programs that are not this one. */
export const exportFormat = "invigil-log/1";

/** `GET /v1/audit/export`: lines of JSON, in this order. One head; every entry that is signed; every tile; one end. */
export const exportHeadSchema = v.strictObject({
  format: v.literal(exportFormat),
  origin: v.string(),
  checkpoint: v.string(),
});
export const exportEntrySchema = v.strictObject({ number: v.number(), salt: v.string(), entry: v.string() });
/** An entry that was erased: its leaf in base64. A later entry, `retention-deleted`, says of which this is so. */
export const exportErasedSchema = v.strictObject({ number: v.number(), leaf: v.string() });
export const exportTileSchema = v.strictObject({ tile: v.string(), bytes: v.string() });
export const exportEndSchema = v.strictObject({ entries: v.number(), tiles: v.number() });
export type ExportLine =
  | v.InferOutput<typeof exportHeadSchema>
  | v.InferOutput<typeof exportEntrySchema>
  | v.InferOutput<typeof exportErasedSchema>
  | v.InferOutput<typeof exportTileSchema>
  | v.InferOutput<typeof exportEndSchema>;
