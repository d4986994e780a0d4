import { brand } from "#domain/exam/ids.ts";
import type { AuditQuery } from "#protocol/http/audit.ts";
import { attemptOf, madeUpEntry, memberOf } from "./made-up-entry.ts";

const dayMs = 86_400_000;

/** What the page asks where an institution has so many entries: each filter by itself, far back, and together. */
export function queriesOf(each: number): readonly (readonly [name: string, query: AuditQuery])[] {
  const last = each - 1;
  const at = (share: number) => madeUpEntry(Math.floor(last * share)).at;
  const before = `${at(0.1)}.${Math.floor(last * 0.1)}`;
  const who = memberOf(last);
  const on = attemptOf(Math.floor(last / 2));
  return [
    ["first page", {}],
    ["nine tenths back", { before }],
    ["who: a member", { who }],
    ["who: candidates", { who: brand("candidate") }],
    ["what: frequent", { what: "violation-noted" }],
    ["what: rare", { what: "account-opened" }],
    ["what: never happened", { what: "terminated" }],
    ["on: an attempt", { on }],
    ["from, to: a day long ago", { from: at(0.1), to: at(0.1) + dayMs }],
    ["who, what", { who, what: "warned" }],
    ["who, what: never met", { who: brand("candidate"), what: "violation-noted" }],
    ["who, what: nine tenths back", { who, what: "admitted", before }],
    ["who, on", { who: brand("system"), on }],
    ["what, on: never met", { what: "account-opened", on }],
    ["who, from, to", { who, from: at(0.4), to: at(0.5) }],
    ["who, what, from, to: never met", { who: brand("system"), what: "admitted", from: at(0.1), to: at(0.9) }],
    ["who, what, on, from, to", { who: brand("system"), what: "violation-noted", on, from: at(0), to: at(1) }],
  ];
}
