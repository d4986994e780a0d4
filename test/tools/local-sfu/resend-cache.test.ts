import { expect, it } from "vitest";
import { ResendCache } from "#tools/local-sfu/resend-cache.ts";
import { RtpSource } from "./rtp-source.ts";

function filled(count: number): ResendCache {
  const cache = new ResendCache();
  const source = new RtpSource(1, { sequenceNumber: 65_500, timestamp: 0, pictureId: 0, tl0PicIdx: 0 });
  for (let sent = 0; sent < count; sent += 1) cache.keep(source.interFrame());
  return cache;
}

function found(cache: ResendCache, sequenceNumbers: readonly number[]): readonly number[] {
  return cache.find(sequenceNumbers).map(({ sequenceNumber }) => sequenceNumber);
}

it("finds what was sent, on both sides of the number's end", () => {
  expect(found(filled(100), [65_500, 65_535, 0, 63])).toEqual([65_500, 65_535, 0, 63]);
});

it("finds neither what was never sent nor what is too long ago", () => {
  expect(found(filled(100), [64, 65_499])).toEqual([]);
  expect(found(filled(513), [65_500, 65_501])).toEqual([65_501]);
});
