import { expect, it } from "vitest";
import { Reception } from "#tools/local-sfu/reception.ts";
import { RtpSource } from "./rtp-source.ts";

function source(): RtpSource {
  return new RtpSource(5, { sequenceNumber: 65_534, timestamp: 0, pictureId: 0, tl0PicIdx: 0 });
}

it("has nothing to report before the first packet", () => {
  expect(new Reception(5).report(0)).toBeNull();
});

it("counts what is missing, over the number's end, and forgives what comes late", () => {
  const reception = new Reception(5);
  const [first, late, lost, last] = Array.from(
    { length: 4 },
    (
      (camera) => () =>
        camera.interFrame()
    )(source()),
  );
  for (const packet of [first, last]) if (packet !== undefined) reception.add(packet);
  expect(reception.report(0)).toMatchObject({ ssrc: 5, packetsLost: 2, highestSequence: 65_537 });
  if (late !== undefined) reception.add(late);
  expect(reception.report(0)).toMatchObject({ packetsLost: 1, highestSequence: 65_537 });
  expect(lost?.sequenceNumber).toBe(0);
});

it("tells the publisher how long ago its own report came, so that it can measure the way", () => {
  const reception = new Reception(5);
  reception.add(source().keyFrame());
  expect(reception.report(50)).toMatchObject({ lastSenderReport: 0, delaySinceLastSenderReport: 0 });
  reception.addSenderReport({ ssrc: 5, ntpTimestamp: 0x1111_2222_3333_4444n, rtpTimestamp: 0 }, 1_000);
  expect(reception.report(1_500)).toMatchObject({ lastSenderReport: 0x2222_3333, delaySinceLastSenderReport: 32_768 });
});
