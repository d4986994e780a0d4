import * as v from "valibot";
import type { AttemptId, CandidateId, ExamSessionId, RegistrationId } from "#domain/exam/ids.ts";
import { regions } from "#domain/exam/rooms.ts";
import { type Column, isoMoment } from "./csv.ts";
import type { CsvKind } from "./csv-rows.ts";
import { epochMs, idField, line } from "./field.ts";
import { pageEntries } from "./page.ts";

const region = v.nullable(v.picklist(regions));
const email = v.pipe(v.string(), v.email(), v.maxLength(254));

/** When links are good that are asked for; left out or null: from now on, and until the last who may begin has had the time. */
const askedTimes = {
  notBefore: v.optional(v.nullable(epochMs), null),
  expiresAt: v.optional(v.nullable(epochMs), null),
};

/** One candidate of `POST /v1/sittings/{sittingId}/registrations`, of whom up to 5,000 are added at a time. */
export const newCandidateSchema = v.object({
  name: line(200),
  email: v.nullable(email),
  /** Left out or null: that of the sitting. */
  region: v.optional(region),
});

/** How a CSV says them. */
export const candidateRows: CsvKind = {
  needed: ["name"],
  rowOf: ({ name, email: address = null, region: near = null }) => ({ name, email: address, region: near }),
};

/** What stands beside `candidates` there. */
export const newRegistrationsEntries = {
  ...askedTimes,
  /** Whether each who has an address is sent their link too. */
  sendByEmail: v.exactOptional(v.boolean()),
};

/** The link is answered once, when it is made; only its hash is kept. */
export const issuedLinkSchema = v.pipe(
  v.object({
    registrationId: idField<RegistrationId>(),
    attemptId: idField<AttemptId>(),
    name: v.string(),
    link: v.string(),
    notBefore: v.nullable(epochMs),
    expiresAt: epochMs,
  }),
  v.title("IssuedLink"),
);
export type IssuedLink = v.InferOutput<typeof issuedLinkSchema>;

/** The links as a file, which the page makes that shows them: they are answered once. */
export const issuedLinkColumns: readonly Column<IssuedLink>[] = [
  ["name", ({ name }) => name],
  ["link", ({ link }) => link],
  ["valid_from", ({ notBefore }) => isoMoment(notBefore)],
  ["valid_until", ({ expiresAt }) => isoMoment(expiresAt)],
  ["registration_id", ({ registrationId }) => registrationId, "ids"],
  ["attempt_id", ({ attemptId }) => attemptId, "ids"],
];

/**
 * `POST /v1/sittings/{sittingId}/registrations/{registrationId}/link`, with no body where it is good as usual. `DELETE` of
 * the same address makes it void, and answers nothing.
 */
export const newLinkSchema = v.object(newRegistrationsEntries);
/** The answer to `POST /v1/sittings/{sittingId}/registrations/{registrationId}/link`, which makes the old link void. */
export const issuedLinksSchema = v.object({ links: v.array(issuedLinkSchema) });
/** The answer to adding candidates: their links, and the rooms that were opened for them, with the reason. */
export const newRegistrationsAnswerSchema = v.object({
  ...issuedLinksSchema.entries,
  opened: v.array(v.object({ number: v.number(), region, why: v.picklist(["first-of-region", "rooms-full"]) })),
});
export type NewRegistrationsAnswer = v.InferOutput<typeof newRegistrationsAnswerSchema>;

const registrationSchema = v.pipe(
  v.object({
    id: idField<RegistrationId>(),
    candidateId: idField<CandidateId>(),
    attemptId: idField<AttemptId>(),
    name: v.string(),
    email: v.nullable(v.string()),
    examSessionId: idField<ExamSessionId>(),
    /** Of the attempt. */
    status: v.string(),
    /** domain/access/guest-link.ts says what it comes to. */
    link: v.object({
      notBefore: v.nullable(epochMs),
      expiresAt: epochMs,
      openedAt: v.nullable(epochMs),
      revokedAt: v.nullable(epochMs),
      hasBegun: v.boolean(),
    }),
  }),
  v.title("Registration"),
);
export type Registration = v.InferOutput<typeof registrationSchema>;

const mostRegistrationsAtOnce = 1_000;

/** `GET /v1/sittings/{sittingId}/registrations`, by name. All that is given must hold. */
export const registrationQuerySchema = v.object({
  /** Of the attempt. */
  status: v.optional(v.pipe(v.string(), v.regex(/^[a-z-]{1,30}$/))),
  room: v.optional(idField<ExamSessionId>()),
  /** Whether a browser has come with the link that is good now. */
  opened: v.optional(v.picklist(["yes", "no"])),
  /** The whole address. */
  email: v.optional(email),
  /** A part of the name or of the address. */
  text: v.optional(line(100)),
  ...pageEntries<RegistrationId>(mostRegistrationsAtOnce),
});
export type RegistrationQuery = v.InferOutput<typeof registrationQuerySchema>;
export const registrationListSchema = v.object({
  registrations: v.array(registrationSchema),
  next: v.nullable(idField<RegistrationId>()),
});

/** `GET /v1/sittings/{sittingId}/registrations` as CSV; `POST` takes `name`, `email` and `region` of it. */
export const registrationColumns: readonly Column<Registration>[] = [
  ["registration_id", ({ id }) => id, "ids"],
  ["candidate_id", ({ candidateId }) => candidateId, "ids"],
  ["attempt_id", ({ attemptId }) => attemptId, "ids"],
  ["name", ({ name }) => name],
  ["email", ({ email: address }) => address],
  ["room_id", ({ examSessionId }) => examSessionId, "ids"],
  ["status", ({ status }) => status],
  ["link_from", ({ link }) => isoMoment(link.notBefore)],
  ["link_until", ({ link }) => isoMoment(link.expiresAt)],
  ["link_opened", ({ link }) => isoMoment(link.openedAt)],
  ["link_revoked", ({ link }) => isoMoment(link.revokedAt)],
];
