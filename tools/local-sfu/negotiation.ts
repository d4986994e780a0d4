import { randomInt } from "node:crypto";
import { refusal, type Refusal } from "./reply.ts";
import type { MediaKind } from "./rtp-packet.ts";
import type { RemoteDescription, RemoteSection } from "./sdp-read.ts";
import { writeSdp, type LocalTransport } from "./sdp-write.ts";
import { CODECS, MID_EXTENSION, newSection, type Section } from "./section.ts";

/** The m-sections of one session, through any number of offers from either side (RFC 3264, RFC 8829). */
export class Negotiation {
  readonly #origin = randomInt(2 ** 31);
  readonly #sections: Section[] = [];
  /** Of each kind, the payload type in use. One bundle must not give two meanings to one number. */
  readonly #payloadTypes = new Map<MediaKind, number>();
  #version = 0;
  #awaitsAnswer = false;

  get sections(): readonly Section[] {
    return this.#sections;
  }

  /** True between our offer and the browser's answer. */
  get awaitsAnswer(): boolean {
    return this.#awaitsAnswer;
  }

  /** True when nothing is left to carry. A browser then drops the whole transport, and so must we. */
  get isEmptied(): boolean {
    return this.#sections.length > 0 && this.#sections.every((section) => section.role === "stopped");
  }

  sectionOf(mid: string): Section | null {
    return this.#sections.find((section) => section.mid === mid) ?? null;
  }

  /**
   * Ends what we send in a section, with no description yet that says so.
   *
   * The first live section is only silenced: it stands for the whole bundle, and Chromium, told that it is stopped,
   * closes the transport that all sections share.
   */
  endSending(section: Section): void {
    const bundleTag = this.#sections.find(({ role }) => role !== "stopped");
    section.role = section === bundleTag ? "idle" : "stopped";
  }

  /** Why an offer cannot be taken now, or null if it can. */
  refusalOfOffer(remote: RemoteDescription): Refusal | null {
    if (this.#awaitsAnswer) return outOfOrder("An offer of the SFU is still waiting for its answer");
    if (remote.sections.length < this.#sections.length) return outOfOrder("The offer has lost a media section");
    const isChanged = this.#sections.some((section, index) => {
      const offered = remote.sections[index];
      return !section.isRecyclable && (offered?.mid !== section.mid || offered.kind !== section.kind);
    });
    return isChanged ? outOfOrder("The offer has replaced a media section that is in use") : null;
  }

  /** Takes an offer that `refusalOfOffer` lets pass. The next description that is written answers it. */
  takeOffer(remote: RemoteDescription): void {
    for (const [index, offered] of remote.sections.entries()) {
      let section = this.#sections[index];
      if (section === undefined || section.mid !== offered.mid) {
        section = newSection(offered.mid, offered.kind, "idle");
        this.#sections[index] = section;
      }
      this.#takeOfferedSection(section, offered);
    }
  }

  /** Takes the browser's answer to our offer. */
  takeAnswer(remote: RemoteDescription): Refusal | null {
    if (!this.#awaitsAnswer) return outOfOrder("No offer of the SFU is waiting for an answer");
    const fits =
      remote.sections.length === this.#sections.length &&
      this.#sections.every((section, index) => remote.sections[index]?.mid === section.mid);
    if (!fits) return outOfOrder("The answer does not fit the offer");
    this.#awaitsAnswer = false;
    for (const [index, section] of this.#sections.entries()) {
      if (section.role === "stopped" || remote.sections[index]?.isStopped === true) stop(section);
    }
    return null;
  }

  /** A section for one more track to send. Stopped ones are used again, or a long life would grow the SDP without end. */
  addSending(kind: MediaKind): Section {
    const section = newSection(this.#nextMid(), kind, "sending");
    section.payloadType = this.#payloadTypes.get(kind) ?? CODECS[kind].payloadType;
    this.#payloadTypes.set(kind, section.payloadType);
    const free = this.#sections.findIndex((old) => old.isRecyclable && old.kind === kind);
    if (free === -1) this.#sections.push(section);
    else this.#sections[free] = section;
    return section;
  }

  offer(transport: LocalTransport): string {
    this.#awaitsAnswer = true;
    return this.#write("offer", transport);
  }

  answer(transport: LocalTransport): string {
    return this.#write("answer", transport);
  }

  #write(type: "offer" | "answer", transport: LocalTransport): string {
    this.#version += 1;
    return writeSdp({ type, origin: this.#origin, version: this.#version, transport, sections: this.#sections });
  }

  #takeOfferedSection(section: Section, offered: RemoteSection): void {
    const payloadType =
      offered.kind === "application" ? undefined : offered.payloadTypes.get(CODECS[offered.kind].name);
    // A section that we have stopped ourselves is refused in the answer, as is a codec that we do not speak.
    if (
      offered.isStopped ||
      section.role === "stopped" ||
      offered.kind === "application" ||
      payloadType === undefined
    ) {
      stop(section);
      return;
    }
    section.payloadType = payloadType;
    this.#payloadTypes.set(offered.kind, payloadType);

    const browserSends = offered.direction === "sendonly" || offered.direction === "sendrecv";
    const browserReceives = offered.direction === "recvonly" || offered.direction === "sendrecv";
    if (section.subscription !== null) {
      section.role = browserReceives ? "sending" : "idle";
    } else {
      section.role = browserSends ? "receiving" : "idle";
      const id = offered.extensions.get(MID_EXTENSION);
      section.extensions = id === undefined ? new Map() : new Map([[MID_EXTENSION, id]]);
    }
  }

  #nextMid(): string {
    const numbers = this.#sections.map(({ mid }) => (/^\d{1,9}$/.test(mid) ? Number(mid) : -1));
    return String(Math.max(-1, ...numbers) + 1);
  }
}

/** Both sides agree, or will with the description that is written next, that this section is over. */
function stop(section: Section): void {
  section.publication?.close();
  section.subscription?.close();
  section.role = "stopped";
  section.isRecyclable = true;
}

function outOfOrder(description: string): Refusal {
  return refusal(406, "invalid_session_description", description);
}
