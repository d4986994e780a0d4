import * as v from "valibot";
import type { HoldId, RunId, SittingId } from "#domain/exam/ids.ts";
import { dataClasses } from "#domain/retention/data-class.ts";
import { spans } from "#domain/retention/plan.ts";
import { epochMs, idField, line } from "./field.ts";

const dataClass = v.picklist(dataClasses);
const days = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(36_500));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** For how many days each class is kept. */
const periodsSchema = v.object({
  recordings: days,
  snapshots: days,
  identity: days,
  answers: days,
  results: days,
  audit: days,
});

/** `PUT /v1/retention`. Floors and limits of each class: `GET /v1/retention`. */
export const setRetentionSchema = v.object({ periods: periodsSchema });

const runSchema = v.object({
  id: idField<RunId>(),
  /** Null where the schedule did. */
  startedByName: v.nullable(v.string()),
  startedAt: epochMs,
  /** Null while it goes on, and where it was cut off: the next run did what was left. */
  endedAt: v.nullable(epochMs),
  deleted: count,
  failed: count,
  isMore: v.boolean(),
});

/** `GET /v1/retention` */
export const retentionSchema = v.object({
  classes: v.array(v.object({ of: dataClass, days, usual: days, atLeast: days, atMost: days })),
  runs: v.array(runSchema),
});
export type Retention = v.InferOutput<typeof retentionSchema>;

/** `GET /v1/retention/preview`: what a run at this moment would delete, and how much falls due in each 30 days to come. */
export const retentionPreviewSchema = v.object({
  at: epochMs,
  classes: v.array(
    v.object({
      of: dataClass,
      due: count,
      held: count,
      waiting: count,
      nextDueAt: v.nullable(epochMs),
      coming: v.pipe(v.array(count), v.length(spans)),
    }),
  ),
  /** What of it is of which sitting. */
  sittings: v.array(
    v.object({
      sittingId: idField<SittingId>(),
      title: v.string(),
      closesAt: epochMs,
      due: v.array(v.object({ of: dataClass, count })),
    }),
  ),
});
export type RetentionPreview = v.InferOutput<typeof retentionPreviewSchema>;

/** `POST /v1/retention/runs`: what was done. `isMore`: the next run, or another request, goes on. */
export const retentionRunSchema = v.object({ deleted: count, failed: count, isMore: v.boolean() });
export type RetentionRun = v.InferOutput<typeof retentionRunSchema>;

const heldKind = v.picklist(["attempt", "candidate", "sitting"]);

/** `POST /v1/holds` */
export const newHoldSchema = v.object({
  on: v.object({ kind: heldKind, id: idField() }),
  reason: line(1000),
});

/** `GET /v1/holds`: those that stand first. `name`: of what is held, as it is called today. */
export const holdListSchema = v.object({
  holds: v.array(
    v.object({
      id: idField<HoldId>(),
      on: v.object({ kind: heldKind, id: v.string() }),
      name: v.nullable(v.string()),
      reason: v.string(),
      placedAt: epochMs,
      placedByName: v.string(),
      releasedAt: v.nullable(epochMs),
    }),
  ),
});
export type LegalHold = v.InferOutput<typeof holdListSchema>["holds"][number];
