import { describe, expect, test } from "vitest";
import { decide } from "#domain/attempt/decide.ts";
import type { AttemptFact } from "#domain/attempt/event.ts";
import { doorOf } from "#domain/attempt/take-over.ts";
import { candidateView, proctorView } from "#domain/attempt/view.ts";
import type { ExamVersion } from "#domain/exam/exam-version.ts";
import { noDetail } from "#domain/integrity/signal.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import { candidateCommands } from "./every-command.ts";
import { at, attemptAfter, contextOf, given, type History, minutes, nine } from "./given.ts";
import { goodDevices, histories } from "./histories.ts";
import { ada, lin, mallory, type Person, session } from "./people.ts";

const adasPage: Person = { ...ada, page: "first-page" };
const secondPage: Person = { ...ada, page: "second-page" };

const writes: AttemptFact = { type: "writerChanged", page: "first-page", how: "first" };
const open: History = [...histories.open, writes];
const live: AttemptFact = { type: "mediaPublished", sfuSession: "sfu-1", tracks: ["thumbnail"] };
const nothingLive: AttemptFact = { type: "mediaPublished", sfuSession: "sfu-1", tracks: [] };
const lost: AttemptFact = { type: "signalBegan", kind: "connection-lost", since: nine, detail: noDetail };

function attend(page: string, { isReading = false, isWriterHere = false } = {}) {
  return { type: "attend", page, isReading, isWriterHere } as const;
}

describe("a page that does not write", () => {
  const { takeOver, ...others } = candidateCommands;

  test.each(Object.values(others))("[A120] is refused $type", (command) => {
    for (const history of [histories.registered, histories.waiting, histories.open, histories["handed-in"]]) {
      given([...history, writes])
        .when(command, secondPage, nine)
        .thenRefused("not-the-writer");
    }
  });

  test("[A122] takes over, for all to see, and what the page before it showed live is shown no more", () => {
    given(open)
      .when(takeOver, secondPage, nine)
      .then([{ type: "writerChanged", page: "second-page", how: "taken-over" }]);
    given([...open, live])
      .when(takeOver, secondPage, nine)
      .then([{ type: "writerChanged", page: "second-page", how: "taken-over" }, nothingLive]);
  });

  test("[A122] takes over from a page that is gone, and the attempt is connected again", () => {
    given([...open, lost])
      .when(takeOver, secondPage, nine + 1)
      .then([
        { type: "signalEnded", kind: "connection-lost", until: nine + 1 },
        { type: "writerChanged", page: "second-page", how: "taken-over" },
      ]);
  });

  test("[A122] of another browser takes nothing over", () => {
    given(open)
      .when(takeOver, { ...mallory, page: "page-of-mallory" }, nine)
      .thenRefused("another-browser");
  });
});

describe("the page that writes", () => {
  test("[A120] commands, and may say again that it writes", () => {
    given(open)
      .when(candidateCommands.flagItem, adasPage, nine)
      .then([{ type: "itemFlagged", itemId: candidateCommands.flagItem.itemId, flagged: true }]);
    given(open).when({ type: "takeOver" }, adasPage, nine).thenNothing();
  });

  test("[A120] is any page of the browser where none is known to write: an attempt from before the rule goes on", () => {
    expect(
      decide(attemptAfter(histories.open), candidateCommands.saveAnswer, contextOf(secondPage, nine)).accepted,
    ).toBe(true);
  });

  test("[A121] is the first that comes", () => {
    given(histories.registered).when(attend("first-page"), session, nine).then([writes]);
    given(histories.open)
      .when(attend("second-page", { isReading: true }), session, nine)
      .then([{ type: "writerChanged", page: "second-page", how: "first" }]);
  });

  test("[A121] comes back as often as it likes without a word in the log, also before its old line is seen dead", () => {
    given(open).when(attend("first-page"), session, nine).thenNothing();
    given(open)
      .when(attend("first-page", { isWriterHere: true }), session, nine)
      .thenNothing();
    given(open)
      .when(attend("first-page", { isReading: true }), session, nine)
      .thenNothing();
  });

  test("[A121] is replaced by a page that comes when it is gone, and not while it is here", () => {
    given(open)
      .when(attend("second-page"), session, nine)
      .then([{ type: "writerChanged", page: "second-page", how: "came-back" }]);
    given(open)
      .when(attend("second-page", { isWriterHere: true }), session, nine)
      .thenNothing();
  });

  test("[A121] keeps its place against a page that was reading before both lines broke", () => {
    given(open)
      .when(attend("second-page", { isReading: true }), session, nine)
      .thenNothing();
  });
});

const alone: ExamVersion = { ...firstAid, takeOver: "candidate" };
const malloryMoves = { type: "goOnElsewhere", browser: "browser-of-mallory" } as const;
const adaMoves = { type: "goOnElsewhere", browser: "browser-of-ada" } as const;
const moved: AttemptFact = { type: "browserBound", browser: "browser-of-mallory", how: "taken-over" };
const movedBack: AttemptFact = { type: "browserBound", browser: "browser-of-ada", how: "taken-over" };
const asked: AttemptFact = { type: "takeOverAsked", browser: "browser-of-mallory" };

function doorAfter(history: History, person: Person, exam = firstAid, now = nine + minutes(1)) {
  const attempt = attemptAfter(history);
  if (attempt.status === "unregistered") throw new Error("nobody is registered");
  return doorOf(attempt, person.browser ?? "", exam, now);
}

describe("another browser with the same link, where the exam leaves it to the candidate", () => {
  test("[A124] takes the attempt over, for all to see", () => {
    given([...open, live], alone)
      .when(malloryMoves, session, nine)
      .then([moved, nothingLive]);
    given([...open, moved], alone)
      .when(malloryMoves, session, nine)
      .thenNothing();
  });

  test("[A127] the browser that had it can write nothing, is told since when, and may take it back", () => {
    const after: History = [...open, at(nine + 5, moved)];
    given(after, alone).when(candidateCommands.saveAnswer, adasPage, nine).thenRefused("another-browser");
    expect(doorAfter(after, ada, alone)).toEqual({ way: { kind: "take-over" }, leftAt: nine + 5 });
    given(after, alone).when(adaMoves, session, nine).then([movedBack]);
    expect(doorAfter([...after, movedBack], ada, alone)).toEqual({ way: { kind: "in" }, leftAt: null });
    expect(doorAfter([...after, movedBack], mallory, alone).leftAt).toBe(nine);
  });

  test("[A126] does so three times in an hour; then the proctor is asked", () => {
    const thrice: History = [...open, moved, movedBack, moved];
    given(thrice, alone)
      .when(adaMoves, session, nine + minutes(59))
      .then([{ type: "takeOverAsked", browser: "browser-of-ada" }]);
    given(thrice, alone)
      .when(adaMoves, session, nine + minutes(60))
      .then([movedBack]);
  });

  test("[A124] before consent the attempt is nobody's, and there is nothing to take over", () => {
    given([...histories.registered, writes], alone)
      .when(malloryMoves, session, nine)
      .thenNothing();
    expect(doorAfter(histories.registered, mallory, alone)).toEqual({ way: { kind: "in" }, leftAt: null });
  });

  test("[A124] an exam that is over goes nowhere", () => {
    given(histories["handed-in"], alone).when(malloryMoves, session, nine).thenRefused("handed-in");
    expect(doorAfter(histories.terminated, mallory, alone).way).toEqual({ kind: "over" });
  });
});

describe("another browser with the same link, where the proctor decides", () => {
  const pending: History = [...open, live, at(nine, asked)];
  const request = pending.length;

  test("[A125] asks, and an exam that says nothing about it is such an exam", () => {
    expect(doorAfter(open, mallory).way).toEqual({ kind: "ask", refusedBecause: null });
    given(open).when(malloryMoves, session, nine).then([asked]);
    given(pending).when(malloryMoves, session, nine).thenNothing();
    expect(doorAfter(pending, mallory).way).toEqual({ kind: "asked", at: nine });
  });

  test("[A125] nobody else asks meanwhile, and who writes goes on writing", () => {
    given(pending)
      .when({ type: "goOnElsewhere", browser: "a-third-one" }, session, nine)
      .thenRefused("asked-too-often");
    expect(doorAfter(pending, { ...mallory, browser: "a-third-one" }).way).toEqual({ kind: "asked-elsewhere" });
    expect(decide(attemptAfter(pending), candidateCommands.saveAnswer, contextOf(adasPage, nine)).accepted).toBe(true);
  });

  test("[A125] the proctor allows that request and no other", () => {
    given(pending)
      .when({ type: "allowTakeOver", request: request - 1 }, lin, nine)
      .thenRefused("no-such-request");
    const granted: AttemptFact = { type: "browserBound", browser: "browser-of-mallory", how: "granted" };
    given(pending).when({ type: "allowTakeOver", request }, lin, nine).then([granted, nothingLive]);
    given([...pending, granted])
      .when({ type: "allowTakeOver", request }, lin, nine)
      .thenRefused("no-such-request");
    expect(doorAfter([...pending, granted], mallory).way).toEqual({ kind: "in" });
  });

  test("[A125] the proctor refuses with a reason, which is read where it was asked, and there alone", () => {
    given(pending).when({ type: "refuseTakeOver", request, reason: " " }, lin, nine).thenRefused("empty-text");
    given(pending)
      .when({ type: "refuseTakeOver", request: request + 1, reason: "No" }, lin, nine)
      .thenRefused("no-such-request");
    const refused: AttemptFact = { type: "takeOverRefused", reason: "Call the hotline" };
    given(pending).when({ type: "refuseTakeOver", request, reason: " Call the hotline " }, lin, nine).then([refused]);
    const after: History = [...pending, refused];
    expect(doorAfter(after, mallory).way).toEqual({ kind: "ask", refusedBecause: "Call the hotline" });
    expect(doorAfter(after, { ...mallory, browser: "a-third-one" }).way).toEqual({ kind: "ask", refusedBecause: null });
  });

  test("[A125] an exam that is over is allowed to nobody", () => {
    const over: History = [...pending, { type: "handedIn", cause: "candidate" }];
    given(over).when({ type: "allowTakeOver", request }, lin, nine).thenRefused("handed-in");
    expect(proctorViewOf(over).takeOver).toBeNull();
  });

  test("[A126] it is asked six times in an hour, whoever asks", () => {
    const refused: AttemptFact = { type: "takeOverRefused", reason: "No" };
    const often: History = [...open, ...Array.from({ length: 6 }, () => [asked, refused]).flat()];
    given(often)
      .when(malloryMoves, session, nine + minutes(59))
      .thenRefused("asked-too-often");
    expect(doorAfter(often, mallory).way).toEqual({ kind: "too-often" });
    given(often)
      .when(malloryMoves, session, nine + minutes(60))
      .then([asked]);
  });

  test("[A125] the proctor sees the request, and whether it comes from where the exam was before", () => {
    expect(proctorViewOf(open).takeOver).toBeNull();
    expect(proctorViewOf(pending).takeOver).toEqual({ request, at: nine, isFormer: false });
    const back: History = [...open, moved, at(nine, { type: "takeOverAsked", browser: "browser-of-ada" })];
    expect(proctorViewOf(back).takeOver).toMatchObject({ isFormer: true });
  });
});

describe("a browser that took the attempt over", () => {
  const there: Person = { ...mallory, page: "page-there" };
  const comes: AttemptFact = { type: "writerChanged", page: "page-there", how: "first" };
  const after: History = [...open, moved, comes];
  const work = ["saveAnswer", "flagItem", "visitItem", "handIn", "openPaper", "requestAdmission"] as const;

  test("[A121] writes with the first page that comes from it", () => {
    given([...open, moved])
      .when(attend("page-there"), session, nine)
      .then([comes]);
  });

  test.each(work)("[A128] is refused %s until its devices are checked", (type) => {
    given(after).when(candidateCommands[type], there, nine).thenRefused("check-first");
  });

  test("[A128] may check its devices though the paper is open, write to the proctor, and work once they passed", () => {
    expect(viewOf(after)).toMatchObject({ checkFirst: true, writer: { page: "page-there", since: nine } });
    expect(proctorViewOf(after).checkFirst).toBe(true);
    given(after)
      .when({ type: "sendMessage", text: "I am back" }, there, nine)
      .then([{ type: "messageSent", text: "I am back" }]);
    const failed: AttemptFact = { type: "deviceChecked", check: { ...goodDevices, camera: "failed" } };
    given([...after, failed])
      .when(candidateCommands.saveAnswer, there, nine)
      .thenRefused("check-first");
    const passed: AttemptFact = { type: "deviceChecked", check: goodDevices };
    given([...after, failed])
      .when(candidateCommands.reportDeviceCheck, there, nine)
      .then([passed]);
    const checked: History = [...after, passed];
    expect(decide(attemptAfter(checked), candidateCommands.saveAnswer, contextOf(there, nine)).accepted).toBe(true);
    given(checked).when(candidateCommands.reportDeviceCheck, there, nine).thenRefused("wrong-status");
  });

  test("[A128] has its check ahead of it anyway where there was none yet", () => {
    const early: History = [...histories.consented, writes, moved, comes];
    expect(viewOf(early).checkFirst).toBe(false);
    given(early).when({ type: "requestAdmission" }, there, nine).thenRefused("wrong-status");
  });

  test("[A9] is not what a new link makes: with that the candidate goes on at once", () => {
    const bound: History = [...open, { type: "browserReleased" }, { type: "browserBound", browser: "new-laptop" }];
    expect(viewOf(bound)).toMatchObject({ checkFirst: false, writer: null });
  });
});

function viewOf(history: History) {
  const attempt = attemptAfter(history);
  if (attempt.status === "unregistered") throw new Error("nobody is registered");
  return candidateView(attempt, firstAid);
}

function proctorViewOf(history: History) {
  const attempt = attemptAfter(history);
  if (attempt.status === "unregistered") throw new Error("nobody is registered");
  return proctorView(attempt, firstAid);
}
