import type { DeliveryList, Webhook, WebhookEvent } from "#protocol/http/webhook.ts";
import { formatMoment } from "../ui/format-moment.ts";

type Delivery = DeliveryList["deliveries"][number];

export const webhookEventWords: Readonly<Record<WebhookEvent | "test", string>> = {
  "exam.published": "A version of an exam was published",
  "sitting.scheduled": "A sitting was scheduled",
  "candidates.added": "Candidates were added to a sitting",
  "proctors.assigned": "Proctors were assigned",
  "attempt.opened": "A candidate opened the paper",
  "attempt.handed-in": "A candidate handed in",
  "attempt.terminated": "An attempt was ended by staff",
  "attempt.scored": "An attempt was scored (tells the score)",
  "attempt.held-for-review": "An attempt was held for review",
  "attempt.decided": "A person decided about a held attempt",
  "violation.noted": "Something was noticed in an attempt",
  test: "A test",
};

/** How a webhook is, in a few words. */
export function stateWords({ state, failingSince }: Webhook): string {
  if (state === "off") return "Off";
  if (state === "paused") return "Paused: it could not be reached";
  return failingSince === null ? "On" : `On, failing since ${formatMoment(failingSince)}`;
}

const answerWords: Readonly<Record<string, string>> = {
  timeout: "no answer within ten seconds",
  unreachable: "it could not be reached",
  off: "not sent: the webhook was off",
  paused: "not sent: the webhook was paused",
  "not-sent": "not sent: something broke on our side",
};

/** What became of a delivery. */
export function deliveryWords({ status, tries, answer }: Delivery): string {
  const last = answer === null ? null : (answerWords[answer] ?? `it answered ${answer}`);
  switch (status) {
    case "delivered":
      return `Delivered${tries > 1 ? ` at try ${tries}` : ""}`;
    case "waiting":
      return last === null || tries === 0 ? "On its way" : `Is tried again after ${tries} of 10 tries: ${last}`;
    case "failed":
      return `Failed: ${last ?? "it was not tried"}`;
  }
}
