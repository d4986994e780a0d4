import { openCamera, openScreen } from "#client/media/devices.ts";
import { startPublisher } from "#client/media/publisher.ts";
import { createReceiver, type SeatState } from "#client/media/receiver.ts";
import { resumeUploads, startRecorder, type Recorder, type UploadState } from "#client/media/recorder.ts";
import { openSegmentSpool } from "#client/media/segment-spool.ts";
import type { LiveTrack } from "#domain/attempt/command.ts";
import { brand, type AttemptId, type ExamSessionId } from "#domain/exam/ids.ts";
import { picturesLookedAt } from "./pictures.ts";
import { spoolStory, type SpoolStory } from "../../support/spool-story.ts";

/** One call of a seat's `onChange`, and the colours in the middle of the first pictures that were shown after it. */
export type SeatChange = { readonly state: SeatState; readonly hasStream: boolean; readonly colours: string[] };

type WatchedSeat = {
  readonly changes: SeatChange[];
  readonly video: HTMLVideoElement;
  readonly release: () => void;
};

/** What the specifications drive in the page. */
export type MediaHarness = {
  /** Publishes pictures of one colour and a tone, without asking for any device. */
  readonly publish: (attemptId: string, colour: string) => { readonly states: string[]; readonly stop: () => void };
  /** Gives what ends it; it can be started again. */
  readonly startReceiver: () => () => void;
  readonly watch: (attemptId: string, track: LiveTrack) => number;
  readonly seats: WatchedSeat[];
  readonly peers: RTCPeerConnection[];
  readonly record: (attemptId: string) => Promise<void>;
  readonly resume: (attemptId: string) => void;
  readonly recording: { recorder: Recorder | null; readonly uploads: UploadState[] };
  readonly story: () => Promise<SpoolStory>;
};

declare global {
  var mediaHarness: MediaHarness | undefined;
}

/** Every peer connection that the product opens on this page. */
const peers: RTCPeerConnection[] = [];
const PlainPeerConnection = globalThis.RTCPeerConnection;
globalThis.RTCPeerConnection = class extends PlainPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    peers.push(this);
  }
};

function colouredStream(colour: string, width: number, height: number): MediaStream {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const paint = canvas.getContext("2d")!;
  let step = 0;
  setInterval(() => {
    paint.fillStyle = colour;
    paint.fillRect(0, 0, width, height);
    paint.fillStyle = "white";
    paint.fillRect((step++ * 4) % width, 0, 8, 8);
  }, 100);
  return canvas.captureStream(10);
}

function toneTrack(): MediaStreamTrack {
  const audio = new AudioContext();
  const tone = audio.createOscillator();
  const out = audio.createMediaStreamDestination();
  tone.connect(out);
  tone.start();
  return out.stream.getAudioTracks()[0]!;
}

/** The bright ones of red, green and blue in the middle of the picture; black for none. */
function colourOf(video: HTMLVideoElement): string {
  const paint = new OffscreenCanvas(1, 1).getContext("2d")!;
  paint.drawImage(video, video.videoWidth / 2, video.videoHeight / 2, 1, 1, 0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = paint.getImageData(0, 0, 1, 1).data;
  return `${red > 128 ? "red" : ""}${green > 128 ? "green" : ""}${blue > 128 ? "blue" : ""}` || "black";
}

const receiver = createReceiver({ examSessionId: brand<ExamSessionId>("session") });
const seats: WatchedSeat[] = [];
const recording: MediaHarness["recording"] = { recorder: null, uploads: [] };

globalThis.mediaHarness = {
  publish(attemptId, colour) {
    const states: string[] = [];
    const camera = colouredStream(colour, 320, 240);
    camera.addTrack(toneTrack());
    const { stop } = startPublisher({
      attemptId: brand<AttemptId>(attemptId),
      camera,
      screen: colouredStream(colour, 320, 180),
      onState: (state) => states.push(state),
    });
    return { states, stop };
  },
  startReceiver: receiver.start,
  watch(attemptId, track) {
    const video = document.createElement("video");
    video.muted = true;
    video.autoplay = true;
    document.body.append(video);
    const changes: SeatChange[] = [];
    const { release } = receiver.watch({ attemptId: brand<AttemptId>(attemptId), track }, (stream, state) => {
      const change: SeatChange = { state, hasStream: stream !== null, colours: [] };
      changes.push(change);
      video.srcObject = stream;
      if (stream === null || track === "microphone") return;
      const look = (): void => {
        change.colours.push(colourOf(video));
        if (change.colours.length < picturesLookedAt) video.requestVideoFrameCallback(look);
      };
      video.requestVideoFrameCallback(look);
    });
    return seats.push({ changes, video, release }) - 1;
  },
  seats,
  peers,
  async record(attemptId) {
    const [camera, screen] = [await openCamera(), await openScreen()];
    if (!camera.ok || !screen.ok) throw new Error(`no devices: ${JSON.stringify([camera, screen])}`);
    recording.recorder = startRecorder({
      attemptId: brand<AttemptId>(attemptId),
      camera: camera.stream,
      screen: screen.stream,
      serverNow: () => 1_000_000 + Math.round(performance.now()),
      onState: (state) => recording.uploads.push(state),
    });
  },
  resume(attemptId) {
    resumeUploads(brand<AttemptId>(attemptId), (state) => recording.uploads.push(state));
  },
  recording,
  story: async () => spoolStory(await openSegmentSpool()),
};
