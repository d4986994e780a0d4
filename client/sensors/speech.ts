import { canListen, type Listening, listenTo } from "./listening.ts";
import type { Sensor, Told } from "./sensor.ts";
import { type FromSpeechWorker, soundPiecesName, type ToSoundPieces, type ToSpeechWorker } from "./sound-message.ts";

/**
 * Whether somebody speaks near the microphone: who, and what, nobody knows. No sound leaves the computer for this: the
 * worklet hands it to a worker on this page, which keeps nothing of it.
 */
export function watchSpeech({ edges, beat }: Told, sound: MediaStreamTrack | undefined): Sensor {
  if (sound === undefined) {
    beat("lost", "no-input");
    return { stop() {} };
  }
  if (!canListen()) {
    beat("not-available", "not-supported");
    return { stop() {} };
  }
  const worker = new Worker(new URL("./speech-worker.ts", import.meta.url), { type: "module" });
  let listening: Listening | null = null;
  let isStopped = false;

  function lose(): void {
    if (isStopped) return;
    // Nothing is known now: what was said before is taken back.
    edges.read("speech", false);
    beat("lost", "could-not-load");
  }

  worker.addEventListener("message", ({ data }: MessageEvent<FromSpeechWorker>) => {
    if (isStopped) return;
    if (data.kind === "failed") {
      console.warn("speech:", data.reason);
      return lose();
    }
    beat("working");
    edges.read("speech", data.isSpeech, { count: null, confidence: data.confidence });
  });
  worker.addEventListener("error", lose);

  async function start(track: MediaStreamTrack): Promise<void> {
    const opened = await listenTo(track, soundPiecesName);
    if (isStopped) return opened.stop();
    listening = opened;
    // A channel of their own: the sound does not pass through the page's thread.
    const { port1, port2 } = new MessageChannel();
    opened.node.port.postMessage({ listener: port1 } satisfies ToSoundPieces, [port1]);
    worker.postMessage({ sound: port2, rate: opened.rate } satisfies ToSpeechWorker, [port2]);
  }
  start(sound).catch(lose);

  return {
    stop() {
      isStopped = true;
      worker.terminate();
      listening?.stop();
    },
  };
}
