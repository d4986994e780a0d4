import { Hono } from "hono";
import { openAPIRouteHandler } from "hono-openapi";
import type { AppEnv } from "./app-env.ts";
import { aboutRoutes } from "./routes/about.ts";
import { apiKeyRoutes } from "./routes/api-keys.ts";
import { attemptRoutes } from "./routes/attempts.ts";
import { auditRoutes } from "./routes/audit.ts";
import { examRoutes } from "./routes/exams.ts";
import { ledgerRoutes } from "./routes/ledger.ts";
import { invitationRoutes } from "./routes/invitations.ts";
import { logRoutes } from "./routes/logs.ts";
import { mediaRoutes } from "./routes/media.ts";
import { memberRoutes } from "./routes/members.ts";
import { pictureRoutes } from "./routes/pictures.ts";
import { pictureUploadRoutes } from "./routes/picture-uploads.ts";
import { passwordRoutes } from "./routes/password.ts";
import { passkeyRoutes } from "./routes/passkeys.ts";
import { proctorRoutes } from "./routes/proctors.ts";
import { recordingRoutes } from "./routes/recording.ts";
import { accommodationRoutes } from "./routes/accommodations.ts";
import { registrationRoutes } from "./routes/registrations.ts";
import { reviewRoutes } from "./routes/reviews.ts";
import { secondFactorRoutes } from "./routes/second-factor.ts";
import { roleRoutes } from "./routes/roles.ts";
import { segmentRoutes } from "./routes/segments.ts";
import { signInRoutes } from "./routes/sign-in.ts";
import { signInListRoutes } from "./routes/sign-ins.ts";
import { sitRoutes } from "./routes/sit.ts";
import { sittingRoutes } from "./routes/sittings.ts";
import { socketRoutes } from "./routes/sockets.ts";
import { systemCheckRoutes } from "./routes/system-check.ts";
import { tenantLedgerRoutes } from "./routes/tenant-ledger.ts";
import { tenantRoutes } from "./routes/tenants.ts";
import { watchRoutes } from "./routes/watch.ts";
import { webhookDeliveryRoutes } from "./routes/webhook-deliveries.ts";
import { webhookRoutes } from "./routes/webhooks.ts";

/** Every route of the API, a group for each file of routes/. */
export function apiRoutes(): Hono<AppEnv> {
  const api = new Hono<AppEnv>();
  api.route("/", aboutRoutes);
  api.route("/", systemCheckRoutes);
  api.route("/", signInRoutes);
  api.route("/", signInListRoutes);
  api.route("/", passwordRoutes);
  api.route("/", secondFactorRoutes);
  api.route("/", memberRoutes);
  api.route("/", roleRoutes);
  api.route("/", invitationRoutes);
  api.route("/", tenantRoutes);
  api.route("/", tenantLedgerRoutes);
  api.route("/", apiKeyRoutes);
  api.route("/", passkeyRoutes);
  api.route("/", examRoutes);
  api.route("/", sittingRoutes);
  api.route("/", registrationRoutes);
  api.route("/", accommodationRoutes);
  api.route("/", proctorRoutes);
  api.route("/", attemptRoutes);
  api.route("/", reviewRoutes);
  api.route("/", sitRoutes);
  api.route("/", socketRoutes);
  api.route("/", mediaRoutes);
  api.route("/", watchRoutes);
  api.route("/", segmentRoutes);
  api.route("/", recordingRoutes);
  api.route("/", pictureUploadRoutes);
  api.route("/", pictureRoutes);
  api.route("/", auditRoutes);
  api.route("/", logRoutes);
  api.route("/", ledgerRoutes);
  api.route("/", webhookRoutes);
  api.route("/", webhookDeliveryRoutes);
  api.get("/openapi.json", openAPIRouteHandler(api, { documentation, excludeStaticFile: false }));
  return api;
}

const documentation = {
  openapi: "3.1.0",
  info: {
    title: "Invigil",
    version: "1",
    description:
      "Exams, sittings, attempts and their evidence. Staff sign in with POST /v1/sign-in and then carry the cookie; " +
      "every request but GET, and every socket, carries the header Origin with this server's own origin. " +
      "Every refusal is application/problem+json (RFC 9457).",
  },
};
