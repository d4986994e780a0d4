import { describe, expect, test } from "vitest";
import type { AttemptFact } from "#domain/attempt/event.ts";
import { type IdentityPicture, largestIdentityBytes } from "#domain/attempt/identity-picture.ts";
import { candidateView, proctorView } from "#domain/attempt/view.ts";
import type { ExamVersion } from "#domain/exam/exam-version.ts";
import { type IdentityCapture, policyFrom } from "#domain/integrity/policy.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import { attemptAfter, at, given, type History, minutes, nine } from "./given.ts";
import { histories } from "./histories.ts";
import { ada, lin, session } from "./people.ts";

const strict: ExamVersion = {
  ...firstAid,
  integrity: policyFrom("standard", { identity: ["face", "document"] }),
};
const earlier = nine - minutes(2);
const { checked, waiting, denied, admitted, open } = histories;

type Captured = Extract<AttemptFact, { type: "identityCaptured" }>;

function captured(capture: IdentityCapture, sha256 = "a", changes: Partial<Captured> = {}): Captured {
  return { type: "identityCaptured", capture, sha256: sha256.repeat(64), bytes: 60_000, hints: [], ...changes };
}

function store(fact: Captured): { readonly type: "storeIdentity"; readonly picture: Omit<IdentityPicture, "at"> } {
  const { type: _, ...picture } = fact;
  return { type: "storeIdentity", picture };
}

const both: readonly AttemptFact[] = [captured("face"), captured("document", "b")];
const noCamera: AttemptFact = {
  type: "accommodated",
  accommodations: { allowances: [], exceptions: [{ kind: "no-camera", reason: "Lives in a women's shelter" }] },
};
const requestAdmission = { type: "requestAdmission" } as const;
const leave = { type: "leaveIdentityToProctor", reason: " My lamp is broken " } as const;
const left: AttemptFact = {
  type: "identityLeftToProctor",
  captures: ["face", "document"],
  reason: "My lamp is broken",
};
const again = { type: "askIdentityAgain", capture: "document", reason: " It is blurred " } as const;
const askedAgain: AttemptFact = { type: "identityAskedAgain", capture: "document", reason: "It is blurred" };

function statesIn(history: History, exam = strict) {
  const attempt = attemptAfter(history);
  if (attempt.status === "unregistered") throw new Error("nobody");
  return candidateView(attempt, exam).identity.map(({ capture, state }) => `${capture} ${state}`);
}

describe("before asking to be let in", () => {
  test("[A140] every picture that the policy asks for is there, or left to the proctor", () => {
    given(checked, strict).when(requestAdmission, ada, earlier).thenRefused("identity-first");
    given([...checked, both[0]!], strict)
      .when(requestAdmission, ada, earlier)
      .thenRefused("identity-first");
    given([...checked, ...both], strict)
      .when(requestAdmission, ada, earlier)
      .then([{ type: "admissionRequested" }]);
    given([...checked, left], strict)
      .when(requestAdmission, ada, earlier)
      .then([{ type: "admissionRequested" }]);
  });

  test("[A140] an exam that asks for none is as before", () => {
    given(checked)
      .when(requestAdmission, ada, earlier)
      .then([{ type: "admissionRequested" }]);
    expect(statesIn(checked, firstAid)).toEqual([]);
  });

  test("[A140] the candidate sees of each what is missing, taken or left", () => {
    expect(statesIn(checked)).toEqual(["face missing", "document missing"]);
    expect(statesIn([...checked, both[0]!])).toEqual(["face taken", "document missing"]);
    expect(statesIn([...checked, both[0]!, { ...left, captures: ["document"] }])).toEqual([
      "face taken",
      "document left",
    ]);
  });
});

describe("a picture of the candidate", () => {
  test("[A141] is taken as it is, with what the page found wanting in it", () => {
    const dark = captured("face", "a", { hints: ["too-dark", "no-face"] });
    given(checked, strict).when(store(dark), session, earlier).then([dark]);
    expect(statesIn([...checked, dark])[0]).toBe("face taken");
  });

  test("[A141] the same bytes again change nothing, and others take their place; both are kept", () => {
    const history = [...checked, ...both];
    given(history, strict)
      .when(store(captured("face")), session, earlier)
      .thenNothing();
    const other = captured("face", "d");
    given(history, strict).when(store(other), session, earlier).then([other]);
    const attempt = attemptAfter([...history, other]);
    expect(attempt).toMatchObject({
      file: { identity: { face: { pictures: [{ sha256: "a".repeat(64) }, { sha256: "d".repeat(64) }] } } },
    });
  });

  test("[A144] is of a kind that the policy asks for, before the candidate waits, and not too large", () => {
    given(checked, strict)
      .when(store(captured("room")), session, earlier)
      .thenRefused("picture-not-wanted");
    given(histories.registered, strict)
      .when(store(captured("face")), session, earlier)
      .thenRefused("not-consented");
    for (const history of [histories.consented, waiting, admitted, open]) {
      given(history, strict)
        .when(store(captured("face")), session, earlier)
        .thenRefused("wrong-status");
    }
    for (const bytes of [0, largestIdentityBytes.face + 1]) {
      given(checked, strict)
        .when(store(captured("face", "a", { bytes })), session, earlier)
        .thenRefused("bad-picture");
    }
  });

  test("[A144] is one of at most twenty", () => {
    const many = Array.from({ length: 20 }, (_, index) => captured("face", String.fromCharCode(97 + index)));
    given([...checked, ...many.slice(1)], strict)
      .when(store(many[0]!), session, earlier)
      .then([many[0]!]);
    given([...checked, ...many], strict)
      .when(store(captured("document", "z")), session, earlier)
      .thenRefused("too-many-pictures");
  });
});

describe("the human way", () => {
  test("[A142] leaves to the proctor what is missing, by the candidate's choice and with a reason", () => {
    given(checked, strict).when(leave, ada, earlier).then([left]);
    given([...checked, both[0]!], strict)
      .when(leave, ada, earlier)
      .then([{ ...left, captures: ["document"] }]);
    given(checked, strict)
      .when({ ...leave, reason: "  " }, ada, earlier)
      .thenRefused("empty-text");
    given([...checked, left], strict)
      .when(leave, ada, earlier)
      .thenNothing();
  });

  test("[A142] is not the only one any more when a picture is taken after all", () => {
    expect(statesIn([...checked, left, both[0]!])).toEqual(["face taken", "document left"]);
  });

  test("[A146] is the way of who sits without a camera, by itself", () => {
    const history: History = [...checked, noCamera];
    expect(statesIn(history)).toEqual(["face left", "document left"]);
    given(history, strict)
      .when(requestAdmission, ada, earlier)
      .then([{ type: "admissionRequested" }]);
    given([...history, { type: "admissionRequested" }], strict)
      .when(again, lin, earlier)
      .thenRefused("picture-not-wanted");
  });
});

describe("the proctor who compares", () => {
  const hereAndWaiting: History = [...checked, ...both, { type: "admissionRequested" }];

  test("[A143] asks for one picture again and says why, and the candidate goes back to take it", () => {
    given(hereAndWaiting, strict).when(again, lin, nine).then([askedAgain]);
    const asked: History = [...hereAndWaiting, at(nine, askedAgain, lin)];
    expect(attemptAfter(asked).status).toBe("checked");
    expect(statesIn(asked)).toEqual(["face taken", "document missing"]);
    given(asked, strict).when(requestAdmission, ada, nine).thenRefused("identity-first");
    // The very bytes that were not good enough are an answer all the same: a person looks again.
    given(asked, strict)
      .when(store(captured("document", "b")), session, nine)
      .then([captured("document", "b")]);
    given([...asked, captured("document", "e")], strict)
      .when(requestAdmission, ada, nine)
      .then([{ type: "admissionRequested" }]);
  });

  test("[A143] may ask who was let in already or was not, and nobody else", () => {
    for (const history of [denied, admitted]) given(history, strict).when(again, lin, nine).then([askedAgain]);
    for (const history of [checked, open]) given(history, strict).when(again, lin, nine).thenRefused("wrong-status");
    given(waiting, strict)
      .when({ ...again, reason: " " }, lin, nine)
      .thenRefused("empty-text");
    given(waiting, strict)
      .when({ ...again, capture: "room" }, lin, nine)
      .thenRefused("picture-not-wanted");
  });

  test("[A145] sees the newest picture of each, what the page found wanting, and why it was left", () => {
    const attempt = attemptAfter([...checked, captured("face", "a", { hints: ["too-dark"] }), left]);
    if (attempt.status === "unregistered") throw new Error("nobody");
    const [face, document] = proctorView(attempt, strict).identity;
    expect(face).toMatchObject({
      state: "left",
      leftBecause: "My lamp is broken",
      picture: { sha256: "a".repeat(64), hints: ["too-dark"] },
    });
    expect(document).toMatchObject({ state: "left", picture: null });
  });

  test("[A145] does not see a candidate's reason in what the candidate's own page is told, nor a hash", () => {
    const attempt = attemptAfter([...checked, ...both]);
    if (attempt.status === "unregistered") throw new Error("nobody");
    expect(Object.keys(candidateView(attempt, strict).identity[0]!)).toEqual(["capture", "state", "askedAgain"]);
  });
});
