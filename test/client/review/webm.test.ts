import { expect, test } from "vitest";
import { firstClusterIn, fromFirstCluster, headIn, mediaTypeOf } from "#client/review/webm.ts";

const head = [0x1a, 0x45, 0xdf, 0xa3, 1, 2, 3];
const cluster = [0x1f, 0x43, 0xb6, 0x75, 0x01, 0xff];

test("the head is what stands before the first cluster", () => {
  expect(headIn(Uint8Array.from([...head, ...cluster]))).toEqual(Uint8Array.from(head));
});

test("bytes that do not begin a stream have no head", () => {
  expect(headIn(Uint8Array.from([9, ...head, ...cluster]))).toBeNull();
});

test("a head that does not end within the chunk is none", () => {
  expect(headIn(Uint8Array.from(head))).toBeNull();
});

test("a chunk is read from its first cluster on", () => {
  expect(fromFirstCluster(Uint8Array.from([0xa3, 0x1f, 0x43, 7, ...cluster, ...cluster]))).toEqual(
    Uint8Array.from([...cluster, ...cluster]),
  );
});

test("a cluster's name that is cut off by the chunk's end is none", () => {
  expect(firstClusterIn(Uint8Array.from([1, 2, 0x1f, 0x43, 0xb6]))).toBeNull();
});

test.each([
  ["V_VP8 then A_OPUS", "video/webm;codecs=vp8,opus"],
  ["V_VP8", "video/webm;codecs=vp8"],
  ["A_OPUS", "video/webm;codecs=opus"],
])("a head with %s is %s", (text, type) => {
  expect(mediaTypeOf(Uint8Array.from([...head, ...Buffer.from(text, "latin1")]))).toBe(type);
});
