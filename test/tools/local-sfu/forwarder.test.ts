import { describe, expect, it } from "vitest";
import { Forwarder } from "#tools/local-sfu/forwarder.ts";
import type { RtpPacket } from "#tools/local-sfu/rtp-packet.ts";
import { pictureIdOf, readVp8Descriptor, tl0PicIdxOf } from "#tools/local-sfu/vp8.ts";
import { RtpSource } from "./rtp-source.ts";

const VIEWER = { ssrc: 4242, payloadType: 120 };

function ada(): RtpSource {
  return new RtpSource(1, { sequenceNumber: 65_534, timestamp: 4_294_960_000, pictureId: 32_766, tl0PicIdx: 254 });
}

function grace(): RtpSource {
  return new RtpSource(2, { sequenceNumber: 40_000, timestamp: 77, pictureId: 9, tl0PicIdx: 3 });
}

/** What a decoder looks at to know that nothing is missing. */
function seen(packet: RtpPacket | null) {
  if (packet === null) return null;
  const descriptor = readVp8Descriptor(packet.payload);
  if (descriptor === null) throw new Error("a video packet has a descriptor");
  return {
    sequence: packet.sequenceNumber,
    timestamp: packet.timestamp,
    pictureId: pictureIdOf(packet.payload, descriptor),
    tl0PicIdx: tl0PicIdxOf(packet.payload, descriptor),
  };
}

describe("the beginning of a picture", () => {
  it("is a key frame: what comes before it is not sent", () => {
    const forwarder = new Forwarder("video", VIEWER);
    const source = ada();
    expect(forwarder.forward(source.interFrame(), 0)).toBeNull();
    expect(forwarder.isWaiting).toBe(true);
    expect(forwarder.forward(source.keyFrame(), 100)).not.toBeNull();
    expect(forwarder.isWaiting).toBe(false);
    expect(forwarder.forward(source.interFrame(), 200)).not.toBeNull();
  });

  it("is any packet for sound", () => {
    const forwarder = new Forwarder("audio", VIEWER);
    expect(forwarder.forward(ada().sound(), 0)?.payload).toEqual(Buffer.from([0xfc, 0xff, 0xfe]));
  });

  it("carries the viewer's own stream number and payload type", () => {
    const forwarder = new Forwarder("video", VIEWER);
    expect(forwarder.forward(ada().keyFrame(), 0)).toMatchObject({ ...VIEWER, marker: true });
  });
});

describe("a picture that goes on", () => {
  it("keeps the source's numbers, round their ends", () => {
    const forwarder = new Forwarder("video", VIEWER);
    const source = ada();
    const packets = [source.keyFrame(), source.interFrame(), source.interFrame(), source.interFrame()];
    const numbers = packets.map((packet, index) => forwarder.forward(packet, index * 100)?.sequenceNumber);
    expect(numbers).toEqual([65_534, 65_535, 0, 1]);
  });

  it("leaves a hole where a packet was lost, and fills it when that comes late", () => {
    const forwarder = new Forwarder("video", VIEWER);
    const source = grace();
    const [first, late, third] = [source.keyFrame(), source.interFrame(), source.interFrame()];
    expect(forwarder.forward(first, 0)?.sequenceNumber).toBe(40_000);
    expect(forwarder.forward(third, 1)?.sequenceNumber).toBe(40_002);
    expect(forwarder.forward(late, 2)?.sequenceNumber).toBe(40_001);
  });

  it("counts packets and bytes for the sender's report", () => {
    const forwarder = new Forwarder("video", VIEWER);
    const source = grace();
    forwarder.forward(source.keyFrame(), 0);
    forwarder.forward(source.padding(), 1);
    forwarder.forward(source.interFrame(), 2);
    expect([forwarder.packetCount, forwarder.octetCount]).toEqual([2, 16]);
  });
});

describe("padding", () => {
  it("is swallowed without leaving a hole", () => {
    const forwarder = new Forwarder("video", VIEWER);
    const source = ada();
    const packets = [
      source.keyFrame(),
      source.padding(),
      source.padding(),
      source.interFrame(),
      source.padding(),
      source.interFrame(),
    ];
    const numbers = packets.map((packet) => forwarder.forward(packet, 0)?.sequenceNumber ?? "-");
    expect(numbers).toEqual([65_534, "-", "-", 65_535, "-", 0]);
  });

  it("does not give a late packet the number of another", () => {
    const forwarder = new Forwarder("video", VIEWER);
    const source = grace();
    const [first, second, padding, fourth] = [
      source.keyFrame(),
      source.interFrame(),
      source.padding(),
      source.interFrame(),
    ];
    forwarder.forward(first, 0);
    forwarder.forward(second, 0);
    forwarder.forward(padding, 0);
    expect(forwarder.forward(fourth, 0)?.sequenceNumber).toBe(40_002);
    expect(forwarder.forward(second, 0)?.sequenceNumber).toBe(40_001);
  });

  it("does not close a hole that a late packet can still fill", () => {
    const forwarder = new Forwarder("video", VIEWER);
    const source = grace();
    const [first, late, padding, fourth] = [
      source.keyFrame(),
      source.interFrame(),
      source.padding(),
      source.interFrame(),
    ];
    forwarder.forward(first, 0);
    forwarder.forward(padding, 0);
    expect(forwarder.forward(late, 0)?.sequenceNumber).toBe(40_001);
    expect(forwarder.forward(fourth, 0)?.sequenceNumber).toBe(40_003);
  });

  it("may come by thousands", () => {
    const forwarder = new Forwarder("video", VIEWER);
    const source = grace();
    forwarder.forward(source.keyFrame(), 0);
    for (let probe = 0; probe < 100_000; probe += 1) forwarder.forward(source.padding(), 0);
    expect(forwarder.forward(source.interFrame(), 0)?.sequenceNumber).toBe(40_001);
  });
});

/** A viewer who was shown two frames of ada, and is to see grace from now on. */
function retargeted() {
  const forwarder = new Forwarder("video", VIEWER);
  const [first, second] = [ada(), grace()];
  forwarder.forward(first.keyFrame(), 0);
  const last = seen(forwarder.forward(first.interFrame(), 100));
  forwarder.restart();
  return { forwarder, second, last };
}

describe("another source in the place of the first", () => {
  it("runs on in every number that a decoder looks at", () => {
    const { forwarder, second, last } = retargeted();
    expect(last).toEqual({
      sequence: 65_535,
      timestamp: (4_294_960_000 + 18_000) >>> 0,
      pictureId: 32_767,
      tl0PicIdx: 255,
    });
    const next = seen(forwarder.forward(second.keyFrame(), 600));
    // Half a second later on the 90 kHz clock, and one further in all that counts frames.
    expect(next).toEqual({
      sequence: 0,
      timestamp: (4_294_960_000 + 18_000 + 45_000) >>> 0,
      pictureId: 0,
      tl0PicIdx: 0,
    });
    const after = seen(forwarder.forward(second.interFrame(), 700));
    expect(after).toEqual({
      sequence: 1,
      timestamp: ((next?.timestamp ?? 0) + 9_000) >>> 0,
      pictureId: 1,
      tl0PicIdx: 1,
    });
  });

  it("begins with its own key frame", () => {
    const { forwarder, second } = retargeted();
    expect(forwarder.forward(second.interFrame(), 200)).toBeNull();
    expect(forwarder.forward(second.padding(), 300)).toBeNull();
    expect(forwarder.forward(second.keyFrame(), 400)?.sequenceNumber).toBe(0);
  });

  it("moves the clock on by a tick at least", () => {
    const { forwarder, second, last } = retargeted();
    expect(forwarder.forward(second.keyFrame(), 100)?.timestamp).toBe((last?.timestamp ?? 0) + 1);
  });

  it("has no place for packets from before its key frame: their numbers belong to the first source", () => {
    const { forwarder, second } = retargeted();
    const late = second.interFrame();
    forwarder.forward(second.keyFrame(), 200);
    expect(forwarder.forward(late, 300)).toBeNull();
  });

  it("shows its clock to the viewer as the running one", () => {
    const { forwarder, second } = retargeted();
    expect(forwarder.timestampForViewer(77)).toBeNull();
    const packet = second.keyFrame();
    const shown = forwarder.forward(packet, 600);
    expect(forwarder.timestampForViewer(packet.timestamp)).toBe(shown?.timestamp);
  });
});
