import { describe, expect, it } from "vitest";
import { pictureIdOf, readVp8Descriptor, shiftVp8Counters, tl0PicIdxOf } from "#tools/local-sfu/vp8.ts";

/** RFC 7741, section 4.2: X and S set, partition 0; then I, L and T; picture id 0x1234; TL0PICIDX 7; TID; the frame. */
const keyFrame = Buffer.from([0x90, 0xe0, 0x92, 0x34, 0x07, 0x20, 0x10, 0xaa]);
const interFrame = Buffer.from([0x90, 0xe0, 0x92, 0x35, 0x08, 0x20, 0x11, 0xaa]);

function read(payload: Buffer) {
  const descriptor = readVp8Descriptor(payload);
  if (descriptor === null) throw new Error("this payload has a whole descriptor");
  return descriptor;
}

describe("the VP8 payload descriptor", () => {
  it("tells where the counters are, and what they count", () => {
    expect(read(keyFrame)).toEqual({ pictureIdAt: 2, tl0PicIdxAt: 4, startsKeyFrame: true });
    expect(pictureIdOf(keyFrame, read(keyFrame))).toBe(0x1234);
    expect(tl0PicIdxOf(keyFrame, read(keyFrame))).toBe(7);
  });

  it.each([
    ["a frame that needs the one before", interFrame, false],
    ["a later packet of a key frame", Buffer.from([0x80, 0xe0, 0x92, 0x34, 0x07, 0x20, 0x10]), false],
    ["the start of a later partition", Buffer.from([0x91, 0xe0, 0x92, 0x34, 0x07, 0x20, 0x10]), false],
    ["a key frame without any extension", Buffer.from([0x10, 0x10]), true],
    ["a frame without any extension", Buffer.from([0x10, 0x11]), false],
  ])("tells of %s whether decoding can begin there", (_name, payload, begins) => {
    expect(read(payload).startsKeyFrame).toBe(begins);
  });

  it("steps over a short picture id, and finds what comes after", () => {
    const payload = Buffer.from([0x90, 0xc0, 0x34, 0x07, 0x10]);
    expect(read(payload)).toEqual({ pictureIdAt: null, tl0PicIdxAt: 3, startsKeyFrame: true });
  });

  it.each([[[]], [[0x90]], [[0x90, 0xe0]], [[0x90, 0xe0, 0x92, 0x34, 0x07]], [[0x10]]])(
    "is not found in a payload that ends too soon: %j",
    (bytes) => {
      expect(readVp8Descriptor(Buffer.from(bytes))).toBeNull();
    },
  );

  it("has its counters moved on, round their ends, in a copy", () => {
    const before = Buffer.from(keyFrame);
    const shifted = shiftVp8Counters(keyFrame, read(keyFrame), { pictureId: 0x7fff, tl0PicIdx: 0xff });
    expect(pictureIdOf(shifted, read(shifted))).toBe(0x1233);
    expect(tl0PicIdxOf(shifted, read(shifted))).toBe(6);
    expect(read(shifted).startsKeyFrame).toBe(true);
    expect(keyFrame).toEqual(before);
  });
});
