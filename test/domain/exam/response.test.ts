import { describe, expect, test } from "vitest";
import type { Item } from "#domain/exam/item.ts";
import { paperItemOf } from "#domain/exam/paper.ts";
import { isBlank, responseFits } from "#domain/exam/response.ts";
import type { Response } from "#domain/exam/response.ts";
import { burns, depth, device, recovery } from "./first-aid.ts";

function fits(item: Item, response: Response): boolean {
  const fitsItem = responseFits(item, response);
  // The candidate's page has only the paper, and must come to the same answer.
  expect(responseFits(paperItemOf(item), response)).toBe(fitsItem);
  return fitsItem;
}

const oneOfEach: readonly { readonly item: Item; readonly response: Response }[] = [
  { item: recovery, response: { kind: "single-choice", option: "back" } },
  { item: burns, response: { kind: "multiple-choice", options: ["butter", "cool"] } },
  { item: depth, response: { kind: "number", text: "about five" } },
  { item: device, response: { kind: "short-text", text: "no idea" } },
];

describe("what fits an item", () => {
  const pairs = oneOfEach.flatMap(({ item }) => oneOfEach.map(({ response }) => ({ item, response })));
  test.each(pairs.map(({ item, response }) => ({ item, response, kind: item.kind, given: response.kind })))(
    "[S1] a $given response fits a $kind item only when the kinds are the same",
    ({ item, response }) => {
      expect(fits(item, response)).toBe(item.kind === response.kind);
    },
  );

  test.each([
    { option: "side", isFit: true },
    { option: "head", isFit: false },
    { option: "", isFit: false },
    { option: "Side", isFit: false },
  ])("[S2] whether the option '$option' fits: $isFit", ({ option, isFit }) => {
    expect(fits(recovery, { kind: "single-choice", option })).toBe(isFit);
  });

  test.each([
    { options: [], isFit: true },
    { options: ["ice", "cool", "ring", "butter", "cover"], isFit: true },
    { options: ["cool", "cool"], isFit: false },
    { options: ["cool", "toothpaste"], isFit: false },
  ])("[S3] whether the marks $options fit: $isFit", ({ options, isFit }) => {
    expect(fits(burns, { kind: "multiple-choice", options })).toBe(isFit);
  });

  test.each([
    { length: 0, isFit: true },
    { length: 4_000, isFit: true },
    { length: 4_001, isFit: false },
  ])("[S4] whether a text of $length characters fits: $isFit", ({ length, isFit }) => {
    expect(fits(device, { kind: "short-text", text: "x".repeat(length) })).toBe(isFit);
    expect(fits(depth, { kind: "number", text: "5".repeat(length) })).toBe(isFit);
  });

  test.each<{ response: Response; isEmpty: boolean }>([
    { response: { kind: "single-choice", option: "side" }, isEmpty: false },
    { response: { kind: "multiple-choice", options: [] }, isEmpty: true },
    { response: { kind: "multiple-choice", options: ["ice"] }, isEmpty: false },
    { response: { kind: "number", text: " \u00a0" }, isEmpty: true },
    { response: { kind: "number", text: "0" }, isEmpty: false },
    { response: { kind: "short-text", text: "\n\t" }, isEmpty: true },
    { response: { kind: "short-text", text: " . " }, isEmpty: false },
  ])("[S5] whether $response is blank: $isEmpty", ({ response, isEmpty }) => {
    expect(isBlank(response)).toBe(isEmpty);
  });
});
