import { roles } from "#domain/access/permission.ts";
import { password } from "#test/support/school.ts";
import { hash, type Rule } from "./access-route.ts";
import { retentionRules } from "./retention-rules.ts";
import { signInRules } from "./sign-in-rules.ts";
import { scheduleRules } from "./schedule-rules.ts";
import { staffRules } from "./staff-rules.ts";
import { watchingRules } from "./watching-rules.ts";

const everybody: Rule = { for: "everybody" };
const candidate: Rule = { for: "candidate" };
const readers = ["admin", "reviewer", "auditor"] as const;
const sdp = { offer: "v=0", tracks: [{ mid: "0", track: "thumbnail" }] };
const segment = { track: "camera", run: 0, index: 0, sha256: hash, bytes: 1, startsAt: 0, endsAt: 1 };

/** Who may call each route. A route that is not here fails the test, and so does a line without a route. */
export const rules: Readonly<Record<string, Rule>> = {
  "GET /healthz": everybody,
  "GET /.well-known/jwks.json": everybody,
  "GET /openapi.json": everybody,
  "GET /*": everybody,
  "GET /v1/system-check/clock": everybody,
  "POST /v1/system-check/upload": everybody,
  "POST /v1/sign-in": everybody,
  "POST /v1/sign-out": everybody,
  "POST /v1/sign-in/refresh": everybody,
  "GET /v1/sign-ins": { for: roles, person: true },
  "PUT /v1/sign-in/password": {
    for: roles,
    person: true,
    body: () => ({ current: password, next: "another horse, another battery" }),
  },
  ...signInRules,
  ...retentionRules,
  "DELETE /v1/members/:memberId/second-factor": { for: ["admin"] },
  "DELETE /v1/sign-ins": { for: roles, person: true },
  "DELETE /v1/sign-ins/:signInId": { for: roles, own: true, person: true },
  "POST /v1/check-in": everybody,
  "GET /v1/me": { for: roles },
  "DELETE /v1/members/:memberId/sign-in-failures": { for: ["admin"] },
  "GET /v1/logs/:logId/checkpoint": everybody,
  "GET /v1/logs/:logId/tile/*": everybody,
  "GET /v1/audit": { for: ["admin", "auditor"] },
  "GET /v1/audit/export": { for: ["admin", "auditor"] },
  "GET /v1/audit/:number/proof": { for: ["admin", "auditor"] },
  "GET /v1/ledger": { for: ["admin", "auditor"] },
  "POST /v1/ledger/refunds": {
    for: ["admin"],
    body: ({ attemptId }) => ({ attemptId, reason: "service-failure" }),
  },
  "GET /v1/keys": { for: ["admin"] },
  "POST /v1/keys": {
    for: ["admin"],
    person: true,
    body: () => ({ name: "Results", scopes: ["read-results"], expiresAt: Date.now() + 60_000 }),
  },
  "DELETE /v1/keys/:keyId": { for: ["admin"] },
  "GET /v1/mails": { for: ["admin"] },
  ...staffRules,
  ...scheduleRules,
  "GET /v1/attempts/:attemptId": { for: readers },
  "GET /v1/attempts/:attemptId/record": { for: readers },
  "GET /v1/attempts/:attemptId/deletions": { for: readers },
  "POST /v1/attempts/:attemptId/hold": { for: ["admin", "reviewer"], body: () => ({ reason: "A second voice" }) },
  "POST /v1/attempts/:attemptId/decisions": {
    for: ["admin", "reviewer"],
    body: () => ({ verdict: "stands", reason: "It was the radio" }),
  },
  "GET /v1/attempts/:attemptId/recording": { for: ["admin", "reviewer"] },
  "GET /v1/playback/:token/:track/:run/:index": { for: "token" },
  "GET /v1/attempts/:attemptId/pictures": { for: ["admin", "reviewer"] },
  "GET /v1/exam-sessions/:examSessionId/attempts/:attemptId/pictures": { for: ["proctor"], assigned: true },
  "GET /v1/pictures/:token/:sha256": { for: "token" },
  ...watchingRules,
  "GET /v1/sit/:attemptId": candidate,
  "GET /v1/sit/:attemptId/socket": candidate,
  "POST /v1/sit/:attemptId/take-over": candidate,
  "POST /v1/sit/:attemptId/media": { for: "candidate", body: sdp },
  "GET /v1/sit/:attemptId/segments": candidate,
  "POST /v1/sit/:attemptId/segments": { for: "candidate", body: { segments: [segment] } },
  "PUT /v1/sit/:attemptId/stills/:violation/:source": candidate,
  "PUT /v1/sit/:attemptId/identity/:capture": candidate,
  "PUT /v1/uploads/:token": { for: "token" },
};
