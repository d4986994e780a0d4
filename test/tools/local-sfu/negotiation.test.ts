import { describe, expect, it } from "vitest";
import { Negotiation } from "#tools/local-sfu/negotiation.ts";
import { readSdp, type RemoteDescription } from "#tools/local-sfu/sdp-read.ts";
import { recordedOffer } from "./recorded-offer.ts";

const transport = { usernameFragment: "abcd", password: "pw", fingerprints: [], port: 40_404 };

function read(sdp: string): RemoteDescription {
  const description = readSdp(sdp);
  if (description === null) throw new Error("a recorded offer can be read");
  return description;
}

/** The browser's answer that agrees to all of our offer. */
function agreeing(offer: string): RemoteDescription {
  return read(offer.replaceAll("a=sendonly", "a=recvonly"));
}

/** What the browser would see of our sections: mid, or "-" where it is stopped. */
function sectionsOf(sdp: string): readonly string[] {
  return read(sdp).sections.map(({ mid, isStopped }) => (isStopped ? "-" : mid));
}

describe("an offer of the browser", () => {
  it("is answered with the browser's own payload types and extension ids", () => {
    const negotiation = new Negotiation();
    const renumbered = recordedOffer("vp8-and-data").replaceAll(/\b96\b/g, "120");
    negotiation.takeOffer(read(renumbered));
    const answer = negotiation.answer(transport);
    expect(answer).toContain("m=video 9 UDP/TLS/RTP/SAVPF 120\r\n");
    expect(answer).toContain("a=extmap:9 urn:ietf:params:rtp-hdrext:sdes:mid\r\n");
    expect(answer).toContain("m=application 0 ");
  });

  it("has a picture refused that comes in no codec of ours", () => {
    const negotiation = new Negotiation();
    negotiation.takeOffer(read(recordedOffer("vp9-only")));
    expect(sectionsOf(negotiation.answer(transport))).toEqual(["-"]);
  });

  it("fixes the payload types for all that is sent later", () => {
    const negotiation = new Negotiation();
    negotiation.takeOffer(read(recordedOffer("vp8-and-data").replaceAll(/\b96\b/g, "120")));
    expect(negotiation.addSending("video").payloadType).toBe(120);
    expect(negotiation.addSending("audio").payloadType).toBe(111);
  });

  it("may not come while ours waits for its answer", () => {
    const negotiation = new Negotiation();
    negotiation.addSending("video");
    negotiation.offer(transport);
    expect(negotiation.refusalOfOffer(read(recordedOffer("vp9-only")))).toMatchObject({ status: 406 });
  });

  it("may neither lose a section nor put another in the place of one in use", () => {
    const negotiation = new Negotiation();
    const offer = recordedOffer("two-pictures-and-sound");
    negotiation.takeOffer(read(offer));
    const without = read(offer.slice(0, offer.indexOf("m=audio")));
    expect(negotiation.refusalOfOffer(without)).toMatchObject({ status: 406 });
    const replaced = read(offer.replace("a=mid:1", "a=mid:7"));
    expect(negotiation.refusalOfOffer(replaced)).toMatchObject({ status: 406 });
    expect(negotiation.refusalOfOffer(read(offer))).toBeNull();
  });

  it("may put another section in the place of one that is stopped", () => {
    const negotiation = new Negotiation();
    const offer = recordedOffer("vp8-and-data");
    negotiation.takeOffer(read(offer));
    negotiation.takeOffer(read(offer.replace("m=video 9", "m=video 0")));
    negotiation.answer(transport);
    const again = read(offer.replace("a=mid:0", "a=mid:5"));
    expect(negotiation.refusalOfOffer(again)).toBeNull();
    negotiation.takeOffer(again);
    expect(negotiation.sectionOf("5")?.role).toBe("receiving");
    expect(negotiation.sectionOf("0")).toBeNull();
  });

  it("can pause a section and go on with it", () => {
    const negotiation = new Negotiation();
    const offer = recordedOffer("vp8-and-data");
    negotiation.takeOffer(read(offer));
    negotiation.takeOffer(read(offer.replace("a=sendonly", "a=inactive")));
    expect(negotiation.answer(transport)).toContain("a=inactive\r\n");
    negotiation.takeOffer(read(offer));
    expect(negotiation.sectionOf("0")?.role).toBe("receiving");
  });

  it("empties the session when it stops every section", () => {
    const negotiation = new Negotiation();
    expect(negotiation.isEmptied).toBe(false);
    const offer = recordedOffer("vp8-and-data");
    negotiation.takeOffer(read(offer));
    expect(negotiation.isEmptied).toBe(false);
    negotiation.takeOffer(read(offer.replace("m=video 9", "m=video 0")));
    expect(negotiation.isEmptied).toBe(true);
  });
});

describe("an offer of the SFU", () => {
  it("numbers its sections on from those that there are", () => {
    const negotiation = new Negotiation();
    negotiation.takeOffer(read(recordedOffer("two-pictures-and-sound")));
    expect([negotiation.addSending("video").mid, negotiation.addSending("audio").mid]).toEqual(["3", "4"]);
  });

  it("wants an answer, once, that has the same sections", () => {
    const negotiation = new Negotiation();
    negotiation.addSending("video");
    const answer = agreeing(negotiation.offer(transport));
    expect(negotiation.takeAnswer(read(recordedOffer("two-pictures-and-sound")))).toMatchObject({ status: 406 });
    expect(negotiation.takeAnswer(answer)).toBeNull();
    expect(negotiation.takeAnswer(answer)).toMatchObject({ status: 406, errorCode: "invalid_session_description" });
  });

  it("uses a section again only after the browser has seen it stopped", () => {
    const negotiation = new Negotiation();
    negotiation.addSending("video");
    const second = negotiation.addSending("video");
    negotiation.takeAnswer(agreeing(negotiation.offer(transport)));
    negotiation.endSending(second);

    negotiation.addSending("video");
    const telling = negotiation.offer(transport);
    expect(sectionsOf(telling)).toEqual(["0", "-", "2"]);
    negotiation.takeAnswer(agreeing(telling));

    negotiation.addSending("video");
    const reusing = negotiation.offer(transport);
    expect(sectionsOf(reusing)).toEqual(["0", "3", "2"]);
  });

  it("never stops the first section that lives: it stands for the transport of all", () => {
    const negotiation = new Negotiation();
    const first = negotiation.addSending("video");
    negotiation.addSending("video");
    negotiation.takeAnswer(agreeing(negotiation.offer(transport)));
    negotiation.endSending(first);
    const offer = negotiation.offer(transport);
    expect(sectionsOf(offer)).toEqual(["0", "1"]);
    expect(offer).toContain("a=group:BUNDLE 0 1\r\n");
    expect(read(offer).sections[0]?.direction).toBe("inactive");
  });

  it("takes a section that the browser refuses as stopped", () => {
    const negotiation = new Negotiation();
    negotiation.addSending("video");
    negotiation.addSending("audio");
    const answer = agreeing(negotiation.offer(transport).replace("m=audio 9", "m=audio 0"));
    expect(negotiation.takeAnswer(answer)).toBeNull();
    expect(negotiation.sections.map(({ role }) => role)).toEqual(["sending", "stopped"]);
  });
});
