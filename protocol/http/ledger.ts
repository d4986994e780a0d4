import * as v from "valibot";
import type { AttemptId } from "#domain/exam/ids.ts";
import { ledgerAccounts, ledgerKinds, refundReasons, technicalFailures } from "#domain/ledger/entry.ts";
import { type Column, isoMoment } from "./csv.ts";
import { epochMs, idField } from "./field.ts";

/** `GET /v1/ledger`, newest first. All that is given must hold. `before`: the number where the page before ended; of no meaning to a CSV. */
export const ledgerQuerySchema = v.object({
  kind: v.optional(v.picklist(ledgerKinds)),
  attempt: v.optional(idField<AttemptId>()),
  before: v.optional(v.pipe(v.string(), v.regex(/^[1-9]\d{0,14}$/), v.transform(Number))),
});
export type LedgerQuery = v.InferOutput<typeof ledgerQuerySchema>;

/** Amounts are whole thousandths of a credit, over zero; `change` is what it did to the balance. */
const ledgerEntrySchema = v.object({
  /** Its place in the institution's ledger, from 1 without gaps. */
  number: v.number(),
  at: epochMs,
  kind: v.picklist(ledgerKinds),
  from: v.picklist(ledgerAccounts),
  to: v.picklist(ledgerAccounts),
  amount: v.number(),
  change: v.number(),
  /** What it is known by when it is told again: of a credit, `credit:` and the operator's reference. */
  key: v.string(),
  attemptId: v.nullable(v.string()),
  /** The number of the entry that this one takes back. */
  reverses: v.nullable(v.number()),
  reason: v.nullable(v.picklist(refundReasons)),
  usage: v.nullable(v.object({ model: v.string(), unitsIn: v.number(), unitsOut: v.number() })),
});
export type LedgerEntry = v.InferOutput<typeof ledgerEntrySchema>;

/** `GET /v1/ledger` as CSV: oldest first, each entry with the balance after it, and no name of a person. [B14] */
export const ledgerColumns: readonly Column<LedgerEntry & { readonly balance: number }>[] = [
  ["number", ({ number }) => number],
  ["at", ({ at }) => isoMoment(at)],
  ["kind", ({ kind }) => kind],
  ["from", ({ from }) => from],
  ["to", ({ to }) => to],
  ["amount", ({ amount }) => amount],
  ["change", ({ change }) => change],
  ["balance", ({ balance }) => balance],
  ["attempt", ({ attemptId }) => attemptId, "ids"],
  ["reverses", ({ reverses }) => reverses],
  ["reason", ({ reason }) => reason],
  ["key", ({ key }) => key],
  ["model", ({ usage }) => usage?.model ?? null],
  ["units_in", ({ usage }) => usage?.unitsIn ?? null],
  ["units_out", ({ usage }) => usage?.unitsOut ?? null],
];

/** The candidate's name is that of today. `reversedBy`: the number of the entry that took this one back. */
const listedEntrySchema = v.object({
  ...ledgerEntrySchema.entries,
  name: v.nullable(v.string()),
  reversedBy: v.nullable(v.number()),
  /** The member who refunded it, or by whose end of the attempt it was refunded; null where nobody did, and of other kinds. */
  refundedBy: v.nullable(v.object({ id: v.string(), name: v.nullable(v.string()) })),
  mayRefund: v.boolean(),
});
export type ListedLedgerEntry = v.InferOutput<typeof listedEntrySchema>;

export const ledgerSchema = v.object({
  balance: v.number(),
  /** How far below zero the balance may go; null: no limit. */
  overdraft: v.nullable(v.number()),
  /** Candidates who hold a place in a sitting that is not over, and have not begun. */
  promised: v.number(),
  /** How many more candidates can be added; null: no limit. */
  placesLeft: v.nullable(v.number()),
  /** Of an attempt that begins. */
  price: v.number(),
  /** The balance at the end of each day (UTC) that changed it, the latest 90 of them, oldest first. */
  days: v.array(v.object({ at: epochMs, balance: v.number() })),
  entries: v.array(listedEntrySchema),
  /** For `before`, of the entries before these; null where there are none. */
  older: v.nullable(v.number()),
});
export type Ledger = v.InferOutput<typeof ledgerSchema>;

/** `POST /v1/ledger/refunds`. An attempt is refunded once at most: asked again, it is refused and nothing is done. */
export const refundSchema = v.object({ attemptId: idField<AttemptId>(), reason: v.picklist(technicalFailures) });

/** A number of whole credits that a sum of many still holds exactly. */
const wholeCredits = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000_000));

/** `POST /v1/tenants/{tenantId}/credits`, by the operator. `reference`: of the payment or the order, once each. */
export const creditSchema = v.object({
  credits: v.pipe(wholeCredits, v.minValue(1)),
  reference: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,100}$/)),
});

const units = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000_000_000));

/**
 * `POST /v1/tenants/{tenantId}/usage`, by the operator or a program of theirs: what a model was used for. `reference`: of the
 * one use, once each. `amount`: what it costs, in thousandths of a credit.
 */
export const usageSchema = v.object({
  reference: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,100}$/)),
  model: v.pipe(v.string(), v.regex(/^[A-Za-z0-9:._-]{1,100}$/)),
  unitsIn: units,
  unitsOut: units,
  amount: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000_000)),
});

/** `PUT /v1/tenants/{tenantId}/overdraft`, by the operator. */
export const overdraftSchema = v.object({ overdraft: v.nullable(wholeCredits) });

/** How an institution stands, in thousandths of a credit, as in `ledgerSchema`. */
export const standingSchema = v.object({
  balance: v.number(),
  promised: v.number(),
  overdraft: v.nullable(v.number()),
  placesLeft: v.nullable(v.number()),
});
