import { draft, lin } from "#test/support/school.ts";
import { type Rule, webhook } from "./access-route.ts";

const readers = ["admin", "reviewer", "auditor"] as const;

/** Who may write exams, schedule sittings, add candidates, and have programs told of it. */
export const scheduleRules: Readonly<Record<string, Rule>> = {
  "GET /v1/exams": { for: ["admin", "author", "auditor"] },
  "POST /v1/exams": { for: ["admin", "author"], body: () => draft },
  "GET /v1/exams/:examId": { for: ["admin", "author", "auditor"] },
  "PUT /v1/exams/:examId": { for: ["admin", "author"], body: () => draft },
  "POST /v1/exams/:examId/items": {
    for: ["admin", "author"],
    body: () => ({
      items: draft.sections[0]!.items.slice(0, 1).map(({ id: _id, ...item }) => ({
        ...item,
        section: draft.sections[0]!.id,
      })),
    }),
  },
  "POST /v1/exams/:examId/versions": { for: ["admin", "author"] },
  "GET /v1/sittings": { for: readers },
  "POST /v1/sittings": {
    for: ["admin"],
    body: ({ examVersionId }) => ({ examVersionId, title: "Again", opensAt: 1, closesAt: 2 }),
  },
  "GET /v1/sittings/:sittingId": { for: readers },
  "GET /v1/sittings/:sittingId/results": { for: readers },
  "GET /v1/sittings/:sittingId/registrations": { for: readers },
  "POST /v1/sittings/:sittingId/registrations": {
    for: ["admin"],
    body: () => ({ candidates: [{ name: "Eve", email: null }] }),
  },
  "POST /v1/sittings/:sittingId/registrations/:registrationId/link": { for: ["admin"] },
  "DELETE /v1/sittings/:sittingId/registrations/:registrationId/link": { for: ["admin"] },
  "GET /v1/sittings/:sittingId/accommodations": { for: ["admin", "auditor"] },
  "GET /v1/sittings/:sittingId/registrations/:registrationId/accommodations": { for: ["admin", "auditor"] },
  "PUT /v1/sittings/:sittingId/registrations/:registrationId/accommodations": {
    for: ["admin"],
    body: () => ({ allowances: [], exceptions: [] }),
  },
  "PUT /v1/sittings/:sittingId/proctors": { for: ["admin"], body: () => ({ memberIds: [lin.id] }) },
  "GET /v1/webhooks": { for: ["admin"] },
  "POST /v1/webhooks": { for: ["admin"], body: () => webhook },
  "GET /v1/webhooks/:webhookId": { for: ["admin"] },
  "PUT /v1/webhooks/:webhookId": { for: ["admin"], body: () => ({ ...webhook, isOn: true }) },
  "DELETE /v1/webhooks/:webhookId": { for: ["admin"] },
  "POST /v1/webhooks/:webhookId/secret": { for: ["admin"] },
  "POST /v1/webhooks/:webhookId/test": { for: ["admin"] },
  "POST /v1/webhooks/:webhookId/resend": { for: ["admin"] },
  "GET /v1/webhooks/:webhookId/deliveries": { for: ["admin"] },
  "POST /v1/webhooks/:webhookId/deliveries/:deliveryId/resend": { for: ["admin"] },
};
