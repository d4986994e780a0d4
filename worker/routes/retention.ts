import { Hono } from "hono";
import * as v from "valibot";
import type { HoldId } from "#domain/exam/ids.ts";
import { dataClasses, keepings } from "#domain/retention/data-class.ts";
import { type PeriodFault, periodFaults } from "#domain/retention/period.ts";
import { planOf } from "#domain/retention/plan.ts";
import { idField } from "#protocol/http/field.ts";
import {
  holdListSchema,
  holdQuerySchema,
  newHoldSchema,
  retentionPreviewSchema,
  retentionRunSchema,
  retentionSchema,
  setRetentionSchema,
} from "#protocol/http/retention.ts";
import type { AppEnv } from "../app-env.ts";
import { requirePermission } from "../auth/require-member.ts";
import { retentionReader } from "../database/retention-reader.ts";
import { periodsState } from "../database/seen-state.ts";
import { retentionWriter } from "../database/retention-writer.ts";
import { describe } from "../describe.ts";
import { readTagged, seenBy, tagReplaced, takesIfMatch } from "../etag.ts";
import { newId } from "../new-id.ts";
import { problem } from "../problem.ts";
import { runRetention } from "../retention/run.ts";
import { jsonBody, pathIds, query } from "../validate.ts";

const tag = "Retention";
const keepers = requirePermission("manage-retention");
const problems = ["not-signed-in", "not-allowed"] as const;
const holdPath = v.object({ holdId: idField<HoldId>() });

/** How long things are kept, what would go now, and what must not go. */
export const retentionRoutes = new Hono<AppEnv>()
  .get(
    "/v1/retention",
    describe({
      summary: "How long each class of data is kept, and the latest runs",
      tag,
      hasEtag: true,
      answers: { 200: retentionSchema },
      problems,
    }),
    keepers,
    async (c) => {
      const { tenantId } = c.var.member;
      const { database } = c.var.home;
      const reader = retentionReader(database, tenantId);
      const periods = await readTagged(c, database, periodsState(tenantId), () => reader.periods());
      const runs = await reader.runs();
      const classes = dataClasses.map((of) => {
        const { days: usual, atLeast, atMost } = keepings[of];
        return { of, days: periods[of], usual, atLeast, atMost };
      });
      return c.json({ classes, runs });
    },
  )
  .put(
    "/v1/retention",
    describe({
      summary: "Set for how many days each class of data is kept",
      tag,
      hasEtag: true,
      answers: { 204: null },
      problems: ["bad-request", ...problems, "refused"],
    }),
    keepers,
    takesIfMatch,
    jsonBody(setRetentionSchema),
    async (c) => {
      const { periods } = c.req.valid("json");
      const [fault] = periodFaults(periods);
      if (fault !== undefined) return problem(c, "refused", faultWords(fault));
      const { database } = c.var.home;
      const { tenantId } = c.var.member;
      const state = periodsState(tenantId);
      const replaced = await seenBy(c, database, state);
      if (replaced === "changed-meanwhile") return problem(c, replaced);
      const before = await retentionReader(database, tenantId).periods();
      const outcome = await retentionWriter(database, c.var.acting).setPeriods(before, periods, replaced);
      if (outcome === "changed-meanwhile") return problem(c, outcome);
      await tagReplaced(c, outcome);
      return c.body(null, 204);
    },
  )
  .get(
    "/v1/retention/preview",
    describe({
      summary: "What a run would delete now, what a hold keeps, and what falls due when",
      tag,
      answers: { 200: retentionPreviewSchema },
      problems,
    }),
    keepers,
    async (c) => {
      const reader = retentionReader(c.var.home.database, c.var.member.tenantId);
      const now = Date.now();
      const periods = await reader.periods();
      const plan = planOf(await reader.heaps(periods, now), periods, now);
      const titles = await reader.titles(plan.sittings.map(({ sittingId }) => sittingId));
      const sittings = plan.sittings.flatMap(({ sittingId, due }) => {
        const named = titles.get(sittingId);
        if (named === undefined) return [];
        const counts = dataClasses.flatMap((of) => (due[of] === undefined ? [] : [{ of, count: due[of] }]));
        return [{ sittingId, ...named, due: counts }];
      });
      return c.json({ at: now, classes: plan.classes, sittings });
    },
  )
  .post(
    "/v1/retention/runs",
    describe({
      summary: "Delete now what is due, as much as one request may",
      tag,
      answers: { 200: retentionRunSchema },
      problems,
    }),
    keepers,
    async (c) => {
      const { tenantId, memberId } = c.var.member;
      return c.json(await runRetention(c.env, c.var.home, tenantId, memberId));
    },
  )
  .get(
    "/v1/holds",
    describe({
      summary: "What must not be deleted, and why",
      tag,
      answers: { 200: holdListSchema },
      problems: ["bad-request", ...problems],
    }),
    keepers,
    query(holdQuerySchema),
    async (c) => {
      const rows = await retentionReader(c.var.home.database, c.var.member.tenantId).holds(c.req.valid("query"));
      return c.json({
        holds: rows.map(({ attemptId, candidateId, sittingId, ...hold }) => ({
          ...hold,
          on: onOf(attemptId, candidateId, sittingId),
        })),
      });
    },
  )
  .post(
    "/v1/holds",
    describe({
      summary: "Keep an attempt, a candidate or a sitting from being deleted or erased",
      tag,
      answers: { 201: v.object({ id: idField<HoldId>() }) },
      problems: ["bad-request", ...problems, "not-found"],
    }),
    keepers,
    jsonBody(newHoldSchema),
    async (c) => {
      const id = newId<HoldId>();
      const isPlaced = await retentionWriter(c.var.home.database, c.var.acting).hold(
        { id, ...c.req.valid("json") },
        Date.now(),
      );
      return isPlaced ? c.json({ id }, 201) : problem(c, "not-found");
    },
  )
  .delete(
    "/v1/holds/:holdId",
    describe({
      summary: "Release a hold",
      tag,
      answers: { 204: null },
      problems: [...problems, "not-found"],
    }),
    keepers,
    pathIds(holdPath),
    async (c) => {
      const writer = retentionWriter(c.var.home.database, c.var.acting);
      return (await writer.release(c.req.valid("param").holdId, Date.now()))
        ? c.body(null, 204)
        : problem(c, "not-found");
    },
  );

function onOf(attemptId: string | null, candidateId: string | null, sittingId: string | null) {
  if (attemptId !== null) return { kind: "attempt" as const, id: attemptId };
  if (candidateId !== null) return { kind: "candidate" as const, id: candidateId };
  return { kind: "sitting" as const, id: sittingId ?? "" };
}

function faultWords({ of, why }: PeriodFault): string {
  const { title, atLeast, atMost, because } = keepings[of];
  switch (why) {
    case "too-short":
      return `${title}: at least ${atLeast} days. ${because}`;
    case "too-long":
      return `${title}: at most ${atMost} days. What is not needed any more must not be kept.`;
    case "no-whole-days":
      return `${title}: whole days.`;
    case "names-before-answers":
      return "Results and names must be kept at least as long as recordings, pictures and answers.";
  }
}
