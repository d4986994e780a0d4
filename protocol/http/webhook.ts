import * as v from "valibot";
import type { DeliveryId, WebhookId } from "#domain/exam/ids.ts";
import { epochMs, idField } from "./field.ts";

/** What an institution's own programs can be told of. Receivers know them by name: one may be added, never renamed. */
export const webhookEvents = [
  "exam.published",
  "sitting.scheduled",
  "candidates.added",
  "proctors.assigned",
  "attempt.opened",
  "attempt.handed-in",
  "attempt.terminated",
  "attempt.scored",
  "attempt.held-for-review",
  "attempt.decided",
  "violation.noted",
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

/** `paused`: by the system, because it was not reached for days. What happens meanwhile is kept as failed. */
export const webhookStates = ["on", "off", "paused"] as const;
export type WebhookState = (typeof webhookStates)[number];

/** `failed`: it is not tried any more, until somebody has it sent again. */
export const deliveryStatuses = ["waiting", "delivered", "failed"] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

const url = v.pipe(v.string(), v.trim(), v.url(), v.maxLength(2_000));
const events = v.pipe(
  v.array(v.picklist(webhookEvents)),
  v.minLength(1),
  v.maxLength(webhookEvents.length),
  v.transform((all): readonly WebhookEvent[] => webhookEvents.filter((event) => all.includes(event))),
);

/** `POST /v1/webhooks`. */
export const newWebhookSchema = v.object({ url, events });
/** `PUT /v1/webhooks/{webhookId}`. */
export const webhookChangeSchema = v.object({ url, events, isOn: v.boolean() });

export const webhookSchema = v.object({
  id: idField<WebhookId>(),
  url: v.string(),
  events: v.array(v.picklist(webhookEvents)),
  state: v.picklist(webhookStates),
  /** Since when nothing that was sent was taken; null when the last was. */
  failingSince: v.nullable(epochMs),
  /** Until when is signed with the secret before too. */
  previousUntil: v.nullable(epochMs),
  createdAt: epochMs,
  waiting: v.number(),
  failed: v.number(),
});
export type Webhook = v.InferOutput<typeof webhookSchema>;
export const webhookListSchema = v.object({ webhooks: v.array(webhookSchema) });

/** `secret`: shown this once, `whsec_` and base64 as Standard Webhooks has it. */
export const webhookSecretSchema = v.object({ id: idField<WebhookId>(), secret: v.string() });
export type WebhookSecret = v.InferOutput<typeof webhookSecretSchema>;

const before = v.pipe(v.string(), v.regex(/^[1-9]\d{0,14}$/), v.transform(Number));

/** `GET /v1/webhooks/{webhookId}/deliveries`, newest first. `before`: the `event` of the last one of the page before. */
export const deliveryQuerySchema = v.object({
  status: v.optional(v.picklist(deliveryStatuses)),
  before: v.optional(before),
});
export type DeliveryQuery = v.InferOutput<typeof deliveryQuerySchema>;

const deliverySchema = v.object({
  /** The `webhook-id` of each of its tries. */
  id: idField<DeliveryId>(),
  /** The number of the entry of the audit that it tells of. */
  event: v.number(),
  type: v.picklist([...webhookEvents, "test"]),
  status: v.picklist(deliveryStatuses),
  tries: v.number(),
  /** An HTTP status; or `timeout`, `unreachable`, `refused`, `off`, `paused`, `not-sent`; null while it was not tried. */
  answer: v.nullable(v.string()),
  createdAt: epochMs,
  triedAt: v.nullable(epochMs),
});

export const deliveryListSchema = v.object({
  deliveries: v.array(deliverySchema),
  /** For `before` of the next page; null where there is none. */
  older: v.nullable(v.number()),
});
export type DeliveryList = v.InferOutput<typeof deliveryListSchema>;

export const resentSchema = v.object({ resent: v.number() });

/** The body that a receiver gets. Ids, kinds, times and numbers: no names, answers, or words that somebody wrote. */
export const webhookPayloadSchema = v.object({
  type: v.picklist([...webhookEvents, "test"]),
  /** When it happened, ISO 8601. */
  timestamp: v.pipe(v.string(), v.isoTimestamp()),
  data: v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null()])),
});
export type WebhookPayload = v.InferOutput<typeof webhookPayloadSchema>;
