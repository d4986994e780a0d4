import * as v from "valibot";
import type { AttemptId, CandidateId, HoldId, RunId, SittingId } from "#domain/exam/ids.ts";
import { attemptClasses, dataClasses } from "#domain/retention/data-class.ts";
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

/** `GET /v1/holds`. `attempt`: by which this attempt is kept, also as one of its person or sitting. All that is given must hold. */
export const holdQuerySchema = v.object({
  attempt: v.optional(idField<AttemptId>()),
  sitting: v.optional(idField<SittingId>()),
});
export type HoldQuery = v.InferOutput<typeof holdQuerySchema>;

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
      releasedByName: v.nullable(v.string()),
    }),
  ),
});
export type LegalHold = v.InferOutput<typeof holdListSchema>["holds"][number];

/** `GET /v1/attempts/{attemptId}/deletions`: what of an attempt is gone for good. What is not in it is kept still. */
export const deletionListSchema = v.object({
  deletions: v.array(
    v.object({
      of: v.picklist(attemptClasses),
      at: epochMs,
      /** Its period was over, or its person asked for it. */
      rule: v.picklist(["period", "erasure"]),
      /** For how many days it was kept; null where the period was not the rule, or was not noted yet. */
      days: v.nullable(days),
    }),
  ),
});
export type Deletion = v.InferOutput<typeof deletionListSchema>["deletions"][number];

/** `GET /v1/candidates`: people of whom a name or the e-mail has this in it, 50 at a time. Who has the same address is one. */
export const candidateQuerySchema = v.object({
  search: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(200))),
  after: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/))),
});

export const candidateListSchema = v.object({
  candidates: v.array(
    v.object({
      /** Of one of the places: any of them stands for the person. */
      id: idField<CandidateId>(),
      /** Each once; several where they share an address. */
      names: v.array(v.string()),
      email: v.nullable(v.string()),
      attempts: v.array(
        v.object({
          attemptId: idField<AttemptId>(),
          name: v.string(),
          sittingId: idField<SittingId>(),
          sittingTitle: v.string(),
        }),
      ),
      /** When the erasure of their data was done; null where it was not asked for or is under way. */
      erasedAt: v.nullable(epochMs),
    }),
  ),
  /** Of the page after this one; null where there is none. */
  next: v.nullable(v.string()),
});
export type CandidateList = v.InferOutput<typeof candidateListSchema>;

/** `DELETE /v1/candidates/{candidateId}`: the name, typed, is the confirmation; the address, where several names have it. */
export const eraseCandidateSchema = v.object({ name: v.pipe(v.string(), v.maxLength(500)) });

/** What was erased, and what stays and why. `isDone`: false where a part failed; it goes on by itself. */
export const erasureSchema = v.object({
  isDone: v.boolean(),
  stays: v.array(v.object({ what: v.string(), why: v.string() })),
});
export type ErasureDone = v.InferOutput<typeof erasureSchema>;
