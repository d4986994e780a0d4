import { describe, expect, it } from "vitest";
import { readSdp } from "#tools/local-sfu/sdp-read.ts";
import { writeSdp } from "#tools/local-sfu/sdp-write.ts";
import { MID_EXTENSION, newSection } from "#tools/local-sfu/section.ts";
import { recordedOffer } from "./recorded-offer.ts";

const local = {
  usernameFragment: "abcd",
  password: "pwoftheSFU",
  fingerprints: [{ algorithm: "sha-256", value: "AA:BB" }],
  port: 40_404,
};

describe("reading a recorded offer", () => {
  it("finds the sections of two pictures and a microphone in their order", () => {
    const offer = readSdp(recordedOffer("two-pictures-and-sound"));
    expect(offer?.sections.map(({ mid, kind, direction, isStopped }) => [mid, kind, direction, isStopped])).toEqual([
      ["0", "video", "sendonly", false],
      ["1", "video", "sendonly", false],
      ["2", "audio", "sendonly", false],
    ]);
  });

  it("takes the payload type that is named first when a codec has several", () => {
    const [picture, , sound] = readSdp(recordedOffer("two-pictures-and-sound"))?.sections ?? [];
    expect(picture?.payloadTypes.get("vp8")).toBe(96);
    expect(picture?.payloadTypes.get("h264")).toBe(102);
    expect(sound?.payloadTypes.get("opus")).toBe(111);
  });

  it("finds the id of the extension that carries the mid", () => {
    const sections = readSdp(recordedOffer("two-pictures-and-sound"))?.sections ?? [];
    expect(sections.map(({ extensions }) => extensions.get(MID_EXTENSION))).toEqual([9, 9, 9]);
  });

  it("finds one set of transport parameters, though each section repeats them", () => {
    expect(readSdp(recordedOffer("vp8-and-data"))?.transport).toEqual({
      usernameFragment: "Q8ld",
      password: "NWsq4Jre9BLvF3We4/sLX9tH",
      fingerprints: [
        {
          algorithm: "sha-256",
          value: "CA:10:64:9B:83:12:AB:3E:C5:3D:A5:BB:B2:D1:A4:E1:D8:AD:BD:DE:46:15:8A:D3:DD:4C:95:E3:46:B1:4B:8B",
        },
      ],
    });
  });

  it("sees a section of data channels, and one that is stopped", () => {
    const stopped = recordedOffer("vp8-and-data").replace("m=video 9", "m=video 0");
    const sections = readSdp(stopped)?.sections;
    expect(sections?.map(({ kind, isStopped }) => [kind, isStopped])).toEqual([
      ["video", true],
      ["application", false],
    ]);
  });

  it("takes a section without a direction as both ways, as the rules of SDP say", () => {
    const offer = recordedOffer("vp9-only").replace("a=sendonly\r\n", "");
    expect(readSdp(offer)?.sections[0]?.direction).toBe("sendrecv");
  });

  it("misses the transport when there is no fingerprint", () => {
    const offer = recordedOffer("vp9-only").replace(/a=fingerprint.*\r\n/g, "");
    expect(readSdp(offer)).toMatchObject({ transport: null, sections: [{ mid: "0" }] });
  });

  it.each([
    ["nothing", ""],
    ["what is not SDP", "hello"],
    ["a section without a mid", recordedOffer("vp9-only").replace("a=mid:0\r\n", "")],
    ["a kind of media that is unknown", recordedOffer("vp9-only").replace("m=video", "m=smell")],
    ["two sections with one mid", recordedOffer("vp8-and-data").replace("a=mid:1", "a=mid:0")],
  ])("reads nothing out of %s", (_name, sdp) => {
    expect(readSdp(sdp)).toBeNull();
  });
});

describe("writing a description", () => {
  const receiving = {
    ...newSection("0", "video", "receiving"),
    payloadType: 98,
    extensions: new Map([[MID_EXTENSION, 9]]),
  };
  const sending = newSection("1", "audio", "sending");
  const stopped = newSection("2", "video", "stopped");
  const data = newSection("3", "application", "stopped");
  const sections = [receiving, sending, stopped, data];
  const answer = writeSdp({ type: "answer", origin: 7, version: 2, transport: local, sections });

  it("bundles the sections that live, and only those", () => {
    expect(answer).toContain("a=group:BUNDLE 0 1\r\n");
  });

  it("can be read again, and says then what was meant", () => {
    const read = readSdp(answer);
    expect(read?.sections.map(({ mid, kind, direction, isStopped }) => [mid, kind, direction, isStopped])).toEqual([
      ["0", "video", "recvonly", false],
      ["1", "audio", "sendonly", false],
      ["2", "video", "inactive", true],
      ["3", "application", "sendrecv", true],
    ]);
    expect(read?.sections[0]?.payloadTypes).toEqual(new Map([["vp8", 98]]));
    const { port: _port, ...transport } = local;
    expect(read?.transport).toEqual(transport);
  });

  it("lets the browser be the one that begins, in an answer and in an offer", () => {
    const offer = writeSdp({ type: "offer", origin: 7, version: 3, transport: local, sections });
    expect(answer.match(/a=setup:\w+/g)).toEqual(["a=setup:passive", "a=setup:passive", "a=setup:passive"]);
    expect(offer.match(/a=setup:\w+/g)).toEqual(["a=setup:actpass", "a=setup:actpass", "a=setup:actpass"]);
    expect(offer).toContain("a=ice-lite\r\n");
  });

  it("gives one address, on the loopback interface, and none for what is stopped", () => {
    const candidate = "a=candidate:1 1 udp 2130706431 127.0.0.1 40404 typ host";
    expect(answer.match(/a=candidate.*/g)).toEqual([candidate, candidate]);
  });

  it("offers no bandwidth feedback, which would make Chromium hold back", () => {
    expect(answer).not.toMatch(/transport-cc|goog-remb/);
    expect(answer).toContain("a=fmtp:98 x-google-start-bitrate=2500\r\n");
  });

  it("names the stream that it sends", () => {
    expect(answer).toContain(`a=ssrc:${sending.ssrc} cname:`);
  });
});
