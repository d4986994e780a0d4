import { Hono } from "hono";
import * as v from "valibot";
import { type AskedTimes, linkTimes } from "#domain/access/guest-link.ts";
import type { ExamVersion } from "#domain/exam/exam-version.ts";
import type { AttemptId, CandidateId, RegistrationId, SittingId } from "#domain/exam/ids.ts";
import { mostRoomsOpenedAtOnce } from "#domain/exam/rooms.ts";
import { mayRegister, placesLeft, type Standing } from "#domain/ledger/limit.ts";
import type { RowFault } from "#protocol/http/problem.ts";
import { idField } from "#protocol/http/field.ts";
import {
  candidateRows,
  issuedLinksSchema,
  newLinkSchema,
  newRegistrationsAnswerSchema,
  newCandidateSchema,
  newRegistrationsEntries,
  registrationColumns,
  registrationListSchema,
  registrationQuerySchema,
} from "#protocol/http/registration.ts";
import type { SittingSummary } from "#protocol/http/sitting.ts";
import type { AppEnv } from "../app-env.ts";
import { randomToken, tokenHash } from "../auth/random-token.ts";
import { requirePermission } from "../auth/require-member.ts";
import { examReader } from "../database/exam-reader.ts";
import { registrationReader } from "../database/registration-reader.ts";
import { ledgerReader } from "../database/ledger-reader.ts";
import { sittingReader } from "../database/sitting-reader.ts";
import { sittingWriter } from "../database/sitting-writer.ts";
import { asksForCsv, csvAnswer, rowsPerRead } from "../csv-answer.ts";
import { describe } from "../describe.ts";
import { examSession } from "../exam-sessions.ts";
import { mailLinks } from "../mail/mail-links.ts";
import { newId } from "../new-id.ts";
import { problem } from "../problem.ts";
import { seatCandidates } from "../seat-candidates.ts";
import { faultsIn, goodAmong, rowsBody } from "../rows-body.ts";
import { jsonBody, pathIds, query } from "../validate.ts";

const tag = "Sittings";
const sittingPath = v.object({ sittingId: idField<SittingId>() });
const registrationPath = v.object({ sittingId: idField<SittingId>(), registrationId: idField<RegistrationId>() });

const newCandidates = rowsBody({
  field: "candidates",
  row: newCandidateSchema,
  rest: newRegistrationsEntries,
  csv: {
    ...candidateRows,
    columns: "Columns: `name`, and where it is known `email` and `region`.",
  },
});

export const registrationRoutes = new Hono<AppEnv>()
  .get(
    "/v1/sittings/:sittingId/registrations",
    describe({
      summary: "List who has a place in a sitting, by name",
      tag,
      answers: { 200: registrationListSchema },
      csv: registrationColumns,
      problems: ["bad-request", "not-signed-in", "not-allowed", "not-found"],
    }),
    requirePermission("read-sittings"),
    pathIds(sittingPath),
    query(registrationQuerySchema),
    async (c) => {
      const { database } = c.var.home;
      const { tenantId } = c.var.member;
      const { sittingId } = c.req.valid("param");
      const asked = c.req.valid("query");
      if ((await sittingReader(database, tenantId).summary(sittingId)) === null) return problem(c, "not-found");
      const reader = registrationReader(database, tenantId);
      if (!asksForCsv(c)) return c.json(await reader.list(sittingId, asked));
      return csvAnswer(c, "registrations", registrationColumns, async (after: RegistrationId | undefined) => {
        const { registrations, next } = await reader.list(sittingId, { ...asked, after, limit: rowsPerRead });
        return { rows: registrations, next };
      });
    },
  )
  .post(
    "/v1/sittings/:sittingId/registrations",
    describe({
      summary: "Add candidates to its rooms, opening more as needed, and get their links, which are shown this once",
      tag,
      answers: { 201: newRegistrationsAnswerSchema },
      problems: ["bad-request", "not-signed-in", "not-allowed", "not-found", "out-of-credit"],
    }),
    requirePermission("schedule"),
    pathIds(sittingPath),
    newCandidates,
    async (c) => {
      const { tenantId } = c.var.member;
      const sitting = await sittingReader(c.var.home.database, tenantId).byId(c.req.valid("param").sittingId);
      if (sitting === null) return problem(c, "not-found");
      const exam = await examReader(c.var.home.database, tenantId).version(sitting.examVersionId);
      if (exam === null) return problem(c, "not-found");
      const { rows, rest } = c.req.valid("json");
      const faults = faultsIn(rows);
      if (faults.length > 0) return problem(c, "bad-request", refusalOf(faults), null, faults);
      const candidates = goodAmong(rows).map(({ value }) => value);
      // [B8] Here, where somebody can do something about it: who holds a link is never told of credits.
      const standing = await ledgerReader(c.var.home.database, tenantId).standing(Date.now());
      if (!mayRegister(standing, candidates.length)) {
        return problem(c, "out-of-credit", creditLeft(standing));
      }
      const { sendByEmail = false, ...asked } = rest;
      const times = timesFor(asked, sitting, exam);
      if (typeof times === "string") return problem(c, "bad-request", times);
      const issued = await Promise.all(
        candidates.map(async ({ name, email, region = null }) => {
          const token = randomToken(32);
          return { token, place: { region, ...newPlaceIds(), name, email, linkHash: await tokenHash(token) } };
        }),
      );
      const newcomers = issued.map(({ place }) => place);
      const seated = await seatCandidates(c.env, {
        home: c.var.home,
        acting: c.var.acting,
        sitting,
        exam,
        newcomers,
        times,
      });
      if (seated === "too-many-rooms") {
        const most = `At most ${mostRoomsOpenedAtOnce} rooms are opened at once. Add fewer candidates at a time.`;
        return problem(c, "bad-request", most);
      }
      if (seated === "out-of-credit") {
        const left = await ledgerReader(c.var.home.database, tenantId).standing(Date.now());
        return problem(c, "out-of-credit", creditLeft(left));
      }
      if (seated === "busy") return problem(c, "conflict", "Others are adding candidates. Try again.");
      const { origin } = new URL(c.req.url);
      const links = issued.map(({ token, place: { registrationId, attemptId, name } }) => ({
        registrationId,
        attemptId,
        name,
        link: linkFor(origin, token),
        ...times,
      }));
      if (sendByEmail) {
        const emails = new Map(newcomers.map(({ registrationId, email }) => [registrationId, email]));
        const listed = links.map((one) => ({ ...one, email: emails.get(one.registrationId) ?? null }));
        await mailLinks(c.env, c.var.home, tenantId, { sitting, origin, links: listed });
      }
      const opened = seated.opened.map(({ number, region, why }) => ({ number, region, why }));
      return c.json({ links, opened }, 201);
    },
  )
  .post(
    "/v1/sittings/:sittingId/registrations/:registrationId/link",
    describe({
      summary: "Issue a new link, which makes the one before it void",
      tag,
      answers: { 201: issuedLinksSchema },
      problems: ["bad-request", "not-signed-in", "not-allowed", "not-found"],
    }),
    requirePermission("schedule"),
    pathIds(registrationPath),
    jsonBody(newLinkSchema),
    async (c) => {
      const { tenantId } = c.var.member;
      const { sittingId, registrationId } = c.req.valid("param");
      const reader = sittingReader(c.var.home.database, tenantId);
      const sitting = await reader.summary(sittingId);
      const registration = await reader.registration(sittingId, registrationId);
      if (sitting === null || registration === null) return problem(c, "not-found");
      const exam = await examReader(c.var.home.database, tenantId).version(sitting.examVersionId);
      if (exam === null) return problem(c, "not-found");
      const token = randomToken(32);
      const { sendByEmail = false, ...asked } = c.req.valid("json");
      const times = timesFor(asked, sitting, exam);
      if (typeof times === "string") return problem(c, "bad-request", times);
      const writer = sittingWriter(c.var.home.database, c.var.acting);
      const isThere = await writer.replaceLink(sittingId, registrationId, await tokenHash(token), times);
      if (!isThere) return problem(c, "not-found");
      const { attemptId, name, email, examSessionId } = registration;
      const { memberId, name: memberName } = c.var.member;
      // After the old link is void: whoever still has it can no longer take the attempt that is freed here.
      await examSession(c.env, examSessionId).release(attemptId, { memberId, name: memberName });
      const { origin } = new URL(c.req.url);
      const link = linkFor(origin, token);
      if (sendByEmail) {
        await mailLinks(c.env, c.var.home, tenantId, { sitting, origin, links: [{ name, email, link }] });
      }
      return c.json({ links: [{ registrationId, attemptId, name, link, ...times }] }, 201);
    },
  )
  .delete(
    "/v1/sittings/:sittingId/registrations/:registrationId/link",
    describe({
      summary: "Make the link void, with the cookies it gave; a new one undoes it",
      tag,
      answers: { 204: null },
      problems: ["not-signed-in", "not-allowed", "not-found"],
    }),
    requirePermission("schedule"),
    pathIds(registrationPath),
    async (c) => {
      const { sittingId, registrationId } = c.req.valid("param");
      const { database } = c.var.home;
      const registration = await sittingReader(database, c.var.member.tenantId).registration(sittingId, registrationId);
      if (registration === null) return problem(c, "not-found");
      await sittingWriter(database, c.var.acting).revokeLink(sittingId, registrationId, Date.now());
      const { memberId, name } = c.var.member;
      // Also where it was void already: an earlier request may have broken off here.
      await examSession(c.env, registration.examSessionId).release(registration.attemptId, { memberId, name });
      return c.body(null, 204);
    },
  );

function creditLeft(standing: Standing): string {
  return `There is credit for ${placesLeft(standing) ?? 0} more. Add fewer, or have credits added.`;
}

/** All of them or none: a list is mended and sent again, and nobody has to find out who is missing. */
function refusalOf(faults: readonly RowFault[]): string {
  const some = faults.slice(0, 10).map(({ row, detail }) => `Row ${row}: ${detail}`);
  const more = faults.length > some.length ? ` And ${faults.length - some.length} more rows.` : "";
  return `Nobody was added. ${some.join(" ")}${more}`;
}

/** After `#`, so that the token is in no request line, no log and no Referer. */
function linkFor(origin: string, token: string): string {
  return `${origin}/sit#${token}`;
}

/** When links of this sitting are good that are asked for, or what is wrong with that. */
function timesFor(asked: AskedTimes, { closesAt }: Pick<SittingSummary, "closesAt">, { durationMs }: ExamVersion) {
  const times = linkTimes(asked, closesAt + durationMs);
  switch (times) {
    case "beyond-the-sitting":
      return "expiresAt: a link ends at the latest with the last regular attempt.";
    case "ends-before-it-begins":
      return "notBefore: a link is good before it ends.";
    default:
      return times;
  }
}

function newPlaceIds() {
  return {
    registrationId: newId<RegistrationId>(),
    candidateId: newId<CandidateId>(),
    attemptId: newId<AttemptId>(),
  };
}
