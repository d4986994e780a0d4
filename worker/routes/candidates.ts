import { Hono } from "hono";
import * as v from "valibot";
import type { CandidateId } from "#domain/exam/ids.ts";
import { type ErasureRefusal, erasureRefusal, staysAfterErasure } from "#domain/retention/erasure.ts";
import { idField } from "#protocol/http/field.ts";
import {
  candidateListSchema,
  candidateQuerySchema,
  eraseCandidateSchema,
  erasureSchema,
} from "#protocol/http/retention.ts";
import type { AppEnv } from "../app-env.ts";
import { requirePermission, requirePerson } from "../auth/require-member.ts";
import { candidateReader } from "../database/candidate-reader.ts";
import { retentionReader } from "../database/retention-reader.ts";
import { retentionWriter } from "../database/retention-writer.ts";
import { describe } from "../describe.ts";
import { log } from "../log.ts";
import { askedIn, problem } from "../problem.ts";
import { eraseParts } from "../retention/erase-person.ts";
import { personArchive } from "../retention/person-archive.ts";
import { jsonBody, pathIds, query } from "../validate.ts";

const tag = "Retention";
const keepers = requirePermission("manage-retention");
const candidatePath = v.object({ candidateId: idField<CandidateId>() });
const problems = ["not-signed-in", "not-allowed", "not-found"] as const;

/** One person's data: found, handed out (GDPR, article 15) and erased (article 17). */
export const candidateRoutes = new Hono<AppEnv>()
  .get(
    "/v1/candidates",
    describe({
      summary: "Find candidates by name or e-mail, 50 at a time",
      tag,
      answers: { 200: candidateListSchema },
      problems: ["bad-request", "not-signed-in", "not-allowed"],
    }),
    keepers,
    query(candidateQuerySchema),
    async (c) => {
      const { search = "", after = "" } = c.req.valid("query");
      const { found, next } = await candidateReader(c.var.home.database, c.var.member.tenantId).search(search, after);
      return c.json({ candidates: found, next });
    },
  )
  .get(
    "/v1/candidates/:candidateId/data",
    describe({
      summary: "Everything that is held on one person, as a ZIP with a README in the institution's language",
      tag,
      answers: { 200: "application/zip" },
      problems,
    }),
    keepers,
    requirePerson,
    pathIds(candidatePath),
    async (c) => {
      const { tenantId, memberId } = c.var.member;
      const {
        env,
        var: { settings, home },
      } = c;
      const person = await candidateReader(home.database, tenantId).person(c.req.valid("param").candidateId);
      if (person === null) return problem(c, "not-found");
      const { origin } = new URL(c.req.url);
      return c.body(
        personArchive({ env, settings, home, tenantId, memberId, origin, asked: askedIn(c) }, person),
        200,
        {
          "content-type": "application/zip",
          "content-disposition": `attachment; filename="person-${person.id}.zip"`,
          "cache-control": "no-store",
        },
      );
    },
  )
  .delete(
    "/v1/candidates/:candidateId",
    describe({
      summary: "Erase what is held on one person: media, answers, results and name",
      tag,
      answers: { 200: erasureSchema },
      problems: ["bad-request", ...problems, "refused"],
    }),
    keepers,
    requirePerson,
    pathIds(candidatePath),
    jsonBody(eraseCandidateSchema),
    async (c) => {
      const { tenantId } = c.var.member;
      const { home } = c.var;
      const { candidateId } = c.req.valid("param");
      const person = await candidateReader(home.database, tenantId).person(candidateId);
      if (person === null) return problem(c, "not-found");
      const attempts = await retentionReader(home.database, tenantId).attemptsOf(candidateId);
      const refusal = erasureRefusal({ ...person, attempts }, c.req.valid("json").name);
      if (refusal !== null) return problem(c, "refused", refusalWords(refusal, person.names.length));
      await retentionWriter(home.database, c.var.acting).beginErasure(person.ids, Date.now());
      let isDone = true;
      for (const id of person.ids) {
        try {
          await eraseParts(c.env, home, tenantId, id);
        } catch (error) {
          // Begun is done: the next run goes on with it.
          isDone = false;
          const reason = error instanceof Error ? error.message : "not an Error";
          log({ event: "retention-failed", tenantId, what: `person ${id}`, error: reason });
        }
      }
      return c.json({ isDone, stays: staysAfterErasure.map((each) => ({ ...each })) });
    },
  );

function refusalWords(refusal: ErasureRefusal, names: number): string {
  switch (refusal) {
    case "on-hold":
      return "A legal hold keeps this person's data. Release it first.";
    case "review-undecided":
      return "A result of this person is held for review. It has to be decided first.";
    case "attempt-going-on":
      return "An exam of this person is not over yet. Wait until it is, or until the sitting closes.";
    case "name-differs":
      return "The name that was typed is not this person's.";
    case "several-names":
      return `${names} names have this address, and all of them are erased together. To confirm that, the address is typed.`;
  }
}
