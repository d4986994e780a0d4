import { describe, expect, test } from "vitest";
import {
  attentionOfTile,
  awaitsReply,
  byAttention,
  byName,
  isCalling,
  nobodyLooked,
} from "#client/proctor/tile-attention.ts";
import type { AttemptFact } from "#domain/attempt/event.ts";
import type { Call } from "#domain/integrity/attention.ts";
import type { Tile } from "#protocol/session/down.ts";
import { minutes, nine } from "#test/domain/attempt/given.ts";
import { answered, asked, noted, shownStatuses, tileOf, warned } from "./tiles.ts";

const now = nine + minutes(10);
const elsewhere: AttemptFact = { type: "takeOverAsked", browser: "another-browser-of-ada" };
const justNow = noted("medium", now - minutes(1));
const notice: AttemptFact = {
  type: "violationNoted",
  violation: {
    kind: "no-face",
    severity: "low",
    reason: "Away",
    from: now,
    notedAt: now,
    confidence: null,
    told: "Your face was not in the picture.",
  },
};

function callOf(tile: Tile, lookedAt: number | null = null): Call {
  return attentionOfTile(tile, lookedAt, now).call;
}

describe("what asks for a person", () => {
  test.each([
    ["somebody who waits to be let in", tileOf("Ada", "waiting"), "waiting"],
    ["another computer that asks", tileOf("Ada", "open", { later: [elsewhere] }), "waiting"],
    ["another computer after the exam", tileOf("Ada", "handed-in", { later: [elsewhere] }), "none"],
    ["a word that nobody has answered", tileOf("Ada", "open", { later: [asked] }), "message"],
    ["a word that was answered", tileOf("Ada", "open", { later: [asked, answered] }), "none"],
    ["a fresh violation", tileOf("Ada", "open", { later: [justNow] }), "violation"],
    ["a violation while paused", tileOf("Ada", "paused", { later: [justNow] }), "violation"],
    [
      "a violation that nobody has looked at for long",
      tileOf("Ada", "open", { later: [noted("low", now - minutes(9))] }),
      "violation",
    ],
    ["what the policy only logs", tileOf("Ada", "open", { later: [noted("high", now, "log")] }), "noted"],
    ["somebody who is cut off", tileOf("Ada", "open", { online: false }), "offline"],
    ["somebody who is not here yet", tileOf("Ada", "registered", { online: false }), "none"],
    ["an exam that is over", tileOf("Ada", "handed-in", { online: false, later: [] }), "none"],
    ["a word after the exam", tileOf("Ada", "handed-in", { later: [asked] }), "message"],
  ] as const)("%s", (_what, tile, attention) => {
    expect(callOf(tile)).toBe(attention satisfies Call);
  });

  test("a quiet candidate who is here asks for nobody but at the door", () => {
    const asking = shownStatuses.filter((status) => isCalling(attentionOfTile(tileOf("Ada", status), null, now)));
    expect(asking).toEqual(["waiting"]);
  });

  test("the last word is the candidate's until a proctor speaks, by message or by warning", () => {
    expect(awaitsReply(tileOf("Ada", "open"))).toBe(false);
    expect(awaitsReply(tileOf("Ada", "open", { later: [asked] }))).toBe(true);
    expect(awaitsReply(tileOf("Ada", "open", { later: [asked, warned] }))).toBe(false);
    expect(awaitsReply(tileOf("Ada", "open", { later: [answered, asked] }))).toBe(true);
  });

  test("what the session itself tells the candidate answers no question of theirs", () => {
    expect(awaitsReply(tileOf("Ada", "open", { later: [asked, notice] }))).toBe(true);
    expect(awaitsReply(tileOf("Ada", "open", { later: [notice] }))).toBe(false);
  });

  test("[I17] whom the proctor has had open since asks for nothing, until more is noted", () => {
    const tile = tileOf("Ada", "open", { later: [justNow] });
    expect(callOf(tile, now - minutes(2))).toBe("violation");
    expect(callOf(tile, now)).toBe("none");
    const looked = new Map([[tile.attemptId, now]]);
    const other = tileOf("Bo", "open", { later: [noted("low", now)] });
    expect([tile, other].toSorted(byAttention(looked, now)).map(({ view }) => view.name)).toEqual(["Bo", "Ada"]);
  });

  test("what is only in the log needs nobody", () => {
    expect(isCalling(attentionOfTile(tileOf("Ada", "open", { later: [noted("high", now, "log")] }), null, now))).toBe(
      false,
    );
  });
});

describe("the order for the eyes", () => {
  test("is the door, words, violations, lost lines, and then who is here, not yet here and finished", () => {
    const tiles = [
      tileOf("Bo", "open"),
      tileOf("Cy", "open", { online: false }),
      tileOf("Al", "handed-in"),
      tileOf("Abe", "registered", { online: false }),
      tileOf("Di", "open", { later: [justNow] }),
      tileOf("Ed", "open", { later: [asked] }),
      tileOf("Flo", "waiting"),
    ];
    const names = tiles.toSorted(byAttention(nobodyLooked, now)).map(({ view }) => view.name);
    expect(names).toEqual(["Flo", "Ed", "Di", "Cy", "Bo", "Abe", "Al"]);
  });

  test("puts a graver violation before a lighter one, and of two alike the newer", () => {
    const tiles = [
      tileOf("Low", "open", { later: [noted("low", now)] }),
      tileOf("Old", "open", { later: [noted("high", now - minutes(2))] }),
      tileOf("New", "open", { later: [noted("high", now - minutes(1))] }),
    ];
    expect(tiles.toSorted(byAttention(nobodyLooked, now)).map(({ view }) => view.name)).toEqual(["New", "Old", "Low"]);
  });

  test("keeps a grave violation that nobody looked at before a light one that is new", () => {
    const grave = tileOf("Grave", "open", { later: [noted("high", now - minutes(9))] });
    const light = tileOf("Light", "open", { later: [noted("low", now)] });
    const order = [light, grave].toSorted(byAttention(nobodyLooked, now)).map(({ view }) => view.name);
    expect(order).toEqual(["Grave", "Light"]);
  });

  test("by name is by name, with accents where people look for them", () => {
    const tiles = ["Zoë", "Étienne", "Ada", "Émile"].map((name) => tileOf(name, "open"));
    expect(tiles.toSorted(byName).map(({ view }) => view.name)).toEqual(["Ada", "Émile", "Étienne", "Zoë"]);
  });
});
