import { expect, test } from "vitest";
import { assignmentsOf, withoutProctor, withoutRoom, withPlace } from "#client/manage/proctor-places.ts";
import { brand, type ExamSessionId, type MemberId } from "#domain/exam/ids.ts";
import type { Sitting } from "#protocol/http/sitting.ts";

const [one, two] = [brand<ExamSessionId>("one"), brand<ExamSessionId>("two")];
const [lin, pia, max] = [brand<MemberId>("lin"), brand<MemberId>("pia"), brand<MemberId>("max")];
const rooms = [one, two].map((examSessionId, index) => ({
  examSessionId,
  number: index + 1,
  capacity: 2,
  candidates: 0,
  region: null,
  jurisdiction: null,
}));

function proctor(memberId: MemberId, isLead: boolean, examSessionIds: ExamSessionId[]): Sitting["proctors"][number] {
  return { memberId, name: memberId, email: `${memberId}@school.example`, isLead, examSessionIds };
}

const now = assignmentsOf({ rooms, proctors: [proctor(lin, true, [one, two]), proctor(pia, false, [two])] });

/** The members of each room, after those of the whole sitting. */
function shape({ memberIds, rooms: each }: typeof now): unknown {
  return [memberIds, ...each.map((room) => room.memberIds)];
}

test("a lead is listed once, and not again in each room", () => {
  expect(shape(now)).toEqual([[lin], [], [pia]]);
});

test("a proctor of one room gets another beside it, once, and nobody else is moved", () => {
  const more = withPlace(now, pia, one);
  expect(shape(more)).toEqual([[lin], [pia], [pia]]);
  expect(shape(withPlace(more, pia, one))).toEqual([[lin], [pia], [pia]]);
  expect(shape(withPlace(now, max, two))).toEqual([[lin], [], [pia, max]]);
});

test("who is given the whole sitting leaves the list of each room, and the other way round", () => {
  expect(shape(withPlace(now, pia, "whole"))).toEqual([[lin, pia], [], []]);
  expect(shape(withPlace(now, lin, one))).toEqual([[], [lin], [pia]]);
});

test("a proctor leaves one room, or the sitting", () => {
  const both = withPlace(now, pia, one);
  expect(shape(withoutRoom(both, pia, one))).toEqual([[lin], [], [pia]]);
  expect(shape(withoutProctor(both, pia))).toEqual([[lin], [], []]);
});
