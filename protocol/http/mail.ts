import * as v from "valibot";
import type { MailId, SittingId } from "#domain/exam/ids.ts";
import { epochMs, idField } from "./field.ts";

/** What an institution's mails can be written in. */
export const mailLanguages = ["en", "de", "fr"] as const;
export type MailLanguage = (typeof mailLanguages)[number];

export const mailKinds = ["candidate-link", "proctor-assigned", "member-invitation"] as const;
export type MailKind = (typeof mailKinds)[number];

export const mailStatuses = ["waiting", "sent", "failed"] as const;
export type MailStatus = (typeof mailStatuses)[number];

const before = v.pipe(v.string(), v.regex(/^\d{1,15}\.[A-Za-z0-9_-]{1,64}$/));

/** `GET /v1/mails`, newest first. `before`: `older` of the page before. */
export const mailQuerySchema = v.object({
  sitting: v.optional(idField<SittingId>()),
  status: v.optional(v.picklist(mailStatuses)),
  before: v.optional(before),
});
export type MailQuery = v.InferOutput<typeof mailQuerySchema>;

/** What was sent, without its text: that may have held a link, of which no copy is kept. */
const mailSchema = v.object({
  id: idField<MailId>(),
  kind: v.picklist(mailKinds),
  to: v.string(),
  subject: v.string(),
  /** Null where it is about none. */
  sittingId: v.nullable(idField<SittingId>()),
  status: v.picklist(mailStatuses),
  createdAt: epochMs,
  sentAt: v.nullable(epochMs),
});
export const mailListSchema = v.object({ mails: v.array(mailSchema), older: v.nullable(v.string()) });
export type MailList = v.InferOutput<typeof mailListSchema>;
