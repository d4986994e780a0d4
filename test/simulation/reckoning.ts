import { allowanceMs } from "#domain/exam/accommodation.ts";
import { type ExamVersion, timingOf } from "#domain/exam/exam-version.ts";
import type { ItemId } from "#domain/exam/ids.ts";
import type { Response } from "#domain/exam/response.ts";
import { scoreAttempt } from "#domain/scoring/score-attempt.ts";
import type { Asked, Story } from "./journal.ts";

/** [A21] As it was promised to candidates; written down here again, so that a slip in the law is seen. */
const graceMs = 10_000;

/** By how much the page's clock may be wrong on a good line: half of the slowest round trip. */
const clockErrorMs = 2_000;

export type Reckoned = { readonly faults: readonly string[]; readonly deadline: number | null };

type Answer = { readonly madeAt: number; readonly isTrusted: boolean };

/**
 * Goes through an attempt's log and reckons the time anew, by another way than the law does: what was promised to whom,
 * what pauses took, and so what each line of the ledger has to be and which answers count.
 */
export function reckon(
  { attemptId, events }: Story,
  exam: ExamVersion,
  promises: readonly Asked[],
  given: (key: string) => Answer | null,
): Reckoned {
  const faults: string[] = [];
  const ledger: { kind: string; ms: number; withdrawn: boolean }[] = [];
  const counted = new Map<ItemId, Response | null>();
  const entered = new Map<string, { at: number; lines: number }>();
  let openedAt: number | null = null;
  let stopped: { at: number; isBreak: boolean } | null = null;
  let allowances = 0;

  function say(at: number, fault: string): void {
    faults.push(`${attemptId}, event ${at}: ${fault}`);
  }
  function sum(from = 0): number {
    return ledger.slice(from).reduce((total, { ms }) => total + ms, 0);
  }
  function endOf(itemId: ItemId): number {
    const deadline = (openedAt ?? 0) + sum();
    const section = exam.sections.find(({ items }) => items.some(({ id }) => id === itemId));
    const since = section === undefined ? undefined : entered.get(section.id);
    if (section?.timeLimitMs === undefined || since === undefined) return deadline;
    const longer = (exam.durationMs + allowances) / exam.durationMs;
    return Math.min(deadline, since.at + Math.round(section.timeLimitMs * longer) + sum(since.lines));
  }

  for (const { seq, at, fact } of events) {
    switch (fact.type) {
      case "accommodated":
        if (openedAt === null) {
          allowances = fact.accommodations.allowances.reduce(
            (all, each) => all + allowanceMs(each, exam.durationMs),
            0,
          );
        }
        break;
      case "paperOpened":
        openedAt = at;
        break;
      case "timeGiven": {
        const { kind, ms, reason, withdraws } = fact.entry;
        const should = shouldBe();
        if (should !== null && ms !== should) say(seq, `${kind} of ${ms} ms where ${should} ms were promised`);
        ledger.push({ kind, ms, withdrawn: false });
        break;

        function shouldBe(): number | null {
          switch (kind) {
            case "base":
              return exam.durationMs;
            case "allowance":
              return null; // their sum is looked at when the paper is open
            case "extra": {
              const promised = promises.find(({ command }) => command.type === "addTime" && command.reason === reason);
              return promised?.command.type === "addTime" ? promised.command.ms : 0;
            }
            case "withdrawn": {
              const line = ledger[withdraws ?? -1];
              if (line === undefined || line.kind !== "extra" || line.withdrawn) return 0;
              line.withdrawn = true;
              return -line.ms;
            }
            case "pause":
              return stopped === null || stopped.isBreak ? 0 : at - stopped.at;
            case "break":
              if (stopped === null || !stopped.isBreak) return 0;
              return Math.min(at - stopped.at, timingOf(exam).breaks.longestMs);
            case "outage": {
              const before = ledger.filter((line) => line.kind === "outage").reduce((all, line) => all + line.ms, 0);
              const most = Math.min(timingOf(exam).outageCreditMs - before, at - (openedAt ?? at));
              return ms > 0 && ms <= most ? ms : most;
            }
          }
        }
      }
      case "paused":
      case "breakStarted":
        stopped = { at, isBreak: fact.type === "breakStarted" };
        break;
      case "resumed":
      case "breakEnded":
        if (stopped !== null && ledger.at(-1)?.kind !== (stopped.isBreak ? "break" : "pause")) {
          say(seq, "the clock went on and nothing was given back");
        }
        stopped = null;
        break;
      case "sectionEntered":
        entered.set(fact.sectionId, { at, lines: ledger.length });
        break;
      case "answerSaved": {
        const { itemId, response, late } = fact;
        const end = endOf(itemId);
        const answer = given(`${itemId} ${JSON.stringify(response)}`);
        if (at >= end + graceMs) say(seq, `an answer counts that came ${at - end} ms after the end`);
        if (at >= end && !late) say(seq, "an answer that came after the end is not marked late");
        if (answer?.isTrusted === true && answer.madeAt >= end + clockErrorMs) {
          say(seq, `an answer counts that was made ${answer.madeAt - end} ms after the end`);
        }
        counted.set(itemId, response);
        break;
      }
      case "handedIn": {
        const allowed = ledger.filter(({ kind }) => kind === "allowance").reduce((all, { ms }) => all + ms, 0);
        if (allowed !== allowances) say(seq, `allowances of ${allowed} ms where ${allowances} ms were arranged`);
        const deadline = (openedAt ?? 0) + sum();
        if (fact.cause === "deadline" && at < deadline) say(seq, `handed in ${deadline - at} ms before the deadline`);
        break;
      }
      case "scored": {
        const responses = new Map(
          [...counted].flatMap(([id, response]) => (response === null ? [] : [[id, response] as const])),
        );
        const expected = JSON.stringify(scoreAttempt(exam, responses));
        if (JSON.stringify(fact.score) !== expected) say(seq, "the score is not that of the answers that count");
        break;
      }
      default:
        break;
    }
  }
  return { faults, deadline: openedAt === null ? null : openedAt + sum() };
}
