import { Hono } from "hono";
import * as v from "valibot";
import type { AttemptId, SittingId } from "#domain/exam/ids.ts";
import { idField } from "#protocol/http/field.ts";
import {
  newSittingSchema,
  resultColumns,
  resultListSchema,
  resultQuerySchema,
  sittingListSchema,
  sittingQuerySchema,
  sittingSchema,
} from "#protocol/http/sitting.ts";
import type { AppEnv } from "../app-env.ts";
import { requirePermission } from "../auth/require-member.ts";
import { examReader } from "../database/exam-reader.ts";
import { proctorsState } from "../database/seen-state.ts";
import { sittingReader } from "../database/sitting-reader.ts";
import { sittingWriter } from "../database/sitting-writer.ts";
import { tenantReader } from "../database/tenant-reader.ts";
import { asksForCsv, csvAnswer, rowsPerRead } from "../csv-answer.ts";
import { describe } from "../describe.ts";
import { readTagged } from "../etag.ts";
import { newRoomIdentity, provisionRoom } from "../exam-sessions.ts";
import { newId } from "../new-id.ts";
import { problem } from "../problem.ts";
import { jsonBody, pathIds, query } from "../validate.ts";

const tag = "Sittings";
const sittingPath = v.object({ sittingId: idField<SittingId>() });

export const sittingRoutes = new Hono<AppEnv>()
  .get(
    "/v1/sittings",
    describe({
      summary: "List the sittings of the institution",
      tag,
      answers: { 200: sittingListSchema },
      problems: ["bad-request", "not-signed-in", "not-allowed"],
    }),
    requirePermission("read-sittings"),
    query(sittingQuerySchema),
    async (c) => c.json(await sittingReader(c.var.home.database, c.var.member.tenantId).list(c.req.valid("query"))),
  )
  .post(
    "/v1/sittings",
    describe({
      summary: "Schedule a sitting of a published version, with its first room",
      tag,
      answers: { 201: sittingSchema },
      problems: ["bad-request", "not-signed-in", "not-allowed", "not-found"],
    }),
    requirePermission("schedule"),
    jsonBody(newSittingSchema),
    async (c) => {
      const { tenantId } = c.var.member;
      const { examVersionId, title, opensAt, closesAt, roomCapacity, region } = c.req.valid("json");
      const exam = await examReader(c.var.home.database, tenantId).version(examVersionId);
      if (exam === null) return problem(c, "not-found", "There is no such published version.");
      const sittingId = newId<SittingId>();
      const identity = newRoomIdentity(c.env, await tenantReader(c.var.home.database, tenantId).jurisdiction());
      const { examSessionId } = identity;
      // The session first: a session that no sitting names is never asked for, a sitting without its session is broken.
      const config = { tenantId, examSessionId, sittingId, title, opensAt, closesAt, exam };
      await provisionRoom(c.env, config, region);
      const sitting = { id: sittingId, examVersionId, title, opensAt, closesAt, roomCapacity, region };
      const room = { ...identity, number: 1, capacity: roomCapacity, region };
      await sittingWriter(c.var.home.database, c.var.acting).create(sitting, room);
      return c.json(await sittingReader(c.var.home.database, tenantId).byId(sittingId), 201);
    },
  )
  .get(
    "/v1/sittings/:sittingId",
    describe({
      summary: "Read a sitting with its rooms and proctors",
      tag,
      hasEtag: true,
      answers: { 200: sittingSchema },
      problems: ["not-signed-in", "not-allowed", "not-found"],
    }),
    requirePermission("read-sittings"),
    pathIds(sittingPath),
    async (c) => {
      const { tenantId } = c.var.member;
      const { sittingId } = c.req.valid("param");
      const { database } = c.var.home;
      const read = () => sittingReader(database, tenantId).byId(sittingId);
      // Of all this only the list of proctors can be replaced.
      const sitting = await readTagged(c, database, proctorsState(tenantId, sittingId), read);
      if (sitting === null) return problem(c, "not-found");
      return c.json(sitting);
    },
  )
  .get(
    "/v1/sittings/:sittingId/results",
    describe({
      summary: "Read the results of a sitting",
      tag,
      answers: { 200: resultListSchema },
      csv: resultColumns,
      problems: ["bad-request", "not-signed-in", "not-allowed", "not-found"],
    }),
    requirePermission("read-results"),
    pathIds(sittingPath),
    query(resultQuerySchema),
    async (c) => {
      const sittings = sittingReader(c.var.home.database, c.var.member.tenantId);
      const { sittingId } = c.req.valid("param");
      if ((await sittings.summary(sittingId)) === null) return problem(c, "not-found");
      const asked = c.req.valid("query");
      if (!asksForCsv(c)) return c.json(await sittings.results(sittingId, asked));
      return csvAnswer(c, "results", resultColumns, async (after: AttemptId | undefined) => {
        const { results, next } = await sittings.results(sittingId, { ...asked, after, limit: rowsPerRead });
        return { rows: results, next };
      });
    },
  );
