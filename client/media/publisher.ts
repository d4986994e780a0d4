import type { LiveTrack } from "#domain/attempt/command.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import { publishedSchema } from "#protocol/http/sit.ts";
import { request } from "../http/request.ts";
import { backoffMs } from "../session/backoff.ts";
import { preferVp8 } from "./codec.ts";

export type PublisherState = "connecting" | "live" | "retrying" | "stopped";

export type PublisherOptions = {
  readonly attemptId: AttemptId;
  readonly camera: MediaStream;
  readonly screen: MediaStream;
  readonly onState: (state: PublisherState) => void;
};

/** A line that is `disconnected` may recover by itself; after this long it is given up. */
const patienceMs = 5_000;
/** A new line that has not connected by then is given up. */
const connectMs = 12_000;

/** Bits per second and pictures per second at most: usable at 256 kbit/s up, where the focus track gives way first. */
const encodings: Readonly<Record<LiveTrack, RTCRtpEncodingParameters>> = {
  thumbnail: { maxBitrate: 80_000, maxFramerate: 8, priority: "medium" },
  focus: { maxBitrate: 500_000, maxFramerate: 15, priority: "low" },
  screen: { maxBitrate: 600_000, maxFramerate: 5, priority: "low" },
  microphone: { maxBitrate: 32_000, priority: "high" },
};

/** Pictures are scaled down to this many lines, and never up. */
const mostLines: Readonly<Partial<Record<LiveTrack, number>>> = { thumbnail: 120, focus: 480, screen: 720 };

/**
 * Publishes the camera as a small and a large track, the microphone and the screen, and keeps doing so: when the line is
 * lost a new one is opened (the SFU has no ICE restart), for as long as it takes.
 */
export function startPublisher({ attemptId, camera, screen, onState }: PublisherOptions): {
  readonly stop: () => void;
} {
  let peer: RTCPeerConnection | null = null;
  let failures = 0;
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    onState(failures === 0 ? "connecting" : "retrying");
    const opened = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
    peer = opened;
    opened.addEventListener("connectionstatechange", () => {
      if (opened === peer) follow(opened);
    });
    again(connectMs, opened);
    void publish(opened)
      .catch(() => false) // an answer that this browser does not take: another line may get a better one
      .then((isPublished) => {
        if (!isPublished && opened === peer) retry();
      });
  }

  function follow({ connectionState }: RTCPeerConnection): void {
    if (connectionState === "connected") {
      clearTimeout(timer);
      failures = 0;
      onState("live");
    }
    if (connectionState === "disconnected" && peer !== null) again(patienceMs, peer);
    if (connectionState === "failed") retry();
  }

  /** Opens a new line after `ms`, unless this one is connected by then. */
  function again(ms: number, watched: RTCPeerConnection): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (watched === peer && watched.connectionState !== "connected") retry();
    }, ms);
  }

  async function publish(opened: RTCPeerConnection): Promise<boolean> {
    const sent = addTracks(opened, camera, screen);
    await opened.setLocalDescription();
    const answer = await request(publishedSchema, "POST", `/v1/sit/${attemptId}/media`, {
      offer: opened.localDescription?.sdp,
      tracks: sent.map(({ track, transceiver }) => ({ mid: transceiver.mid, track })),
    });
    if (!answer.ok || opened !== peer) return opened !== peer;
    await opened.setRemoteDescription({ type: "answer", sdp: answer.value.answer });
    return true;
  }

  function retry(): void {
    close();
    if (isStopped) return;
    failures += 1;
    onState("retrying");
    timer = setTimeout(open, backoffMs(failures, Math.random()));
  }

  function close(): void {
    clearTimeout(timer);
    peer?.close();
    peer = null;
  }

  function onOnline(): void {
    if (peer?.connectionState === "connected") return;
    close();
    open();
  }

  window.addEventListener("online", onOnline);
  open();
  return {
    stop() {
      isStopped = true;
      window.removeEventListener("online", onOnline);
      close();
      onState("stopped");
    },
  };
}

type Sent = { readonly track: LiveTrack; readonly transceiver: RTCRtpTransceiver };

function addTracks(peer: RTCPeerConnection, camera: MediaStream, screen: MediaStream): readonly Sent[] {
  const [picture] = camera.getVideoTracks();
  const [sound] = camera.getAudioTracks();
  const [display] = screen.getVideoTracks();
  const sources: Readonly<Record<LiveTrack, MediaStreamTrack | undefined>> = {
    thumbnail: picture,
    focus: picture,
    microphone: sound,
    screen: display,
  };
  const sent: Sent[] = [];
  for (const track of ["thumbnail", "focus", "microphone", "screen"] as const) {
    const source = sources[track];
    if (source === undefined || source.readyState === "ended") continue;
    const transceiver = peer.addTransceiver(source, {
      direction: "sendonly",
      sendEncodings: [encodingOf(track, source)],
    });
    if (source.kind === "video") preferVp8(transceiver);
    sent.push({ track, transceiver });
  }
  return sent;
}

function encodingOf(track: LiveTrack, source: MediaStreamTrack): RTCRtpEncodingParameters {
  const [most, lines] = [mostLines[track], source.getSettings().height];
  if (most === undefined || lines === undefined) return encodings[track];
  return { ...encodings[track], scaleResolutionDownBy: Math.max(1, lines / most) };
}
