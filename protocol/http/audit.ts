import * as v from "valibot";
import { auditEntrySchema, auditKinds } from "../audit.ts";
import { epochMs, idField } from "./field.ts";

/** Where a page of entries ends, for the one after it: the moment and the number of its last entry. */
const cursor = v.pipe(v.string(), v.regex(/^\d{1,15}\.\d{1,15}$/));
const moment = v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number), epochMs);

/** `GET /v1/audit`, newest first. All that is given must hold. `who`: a member's id, `candidate` or `system`; `on`: an id. */
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

export const auditListSchema = v.object({
  entries: v.array(listedEntrySchema),
  /** The cursor of the entries before these; null where there are none. */
  older: v.nullable(v.string()),
});
export type AuditList = v.InferOutput<typeof auditListSchema>;
