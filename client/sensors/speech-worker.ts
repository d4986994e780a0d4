/** Listens for speech away from the page's thread. The sound comes from the worklet and goes nowhere. */
import { createResampler } from "./resampler.ts";
import weightsUrl from "./silero-vad.bin?url";
import type { FromSpeechWorker, ToSpeechWorker } from "./sound-message.ts";
import { createSpeechJudge } from "./speech-judge.ts";
import { createSpeechModel, modelRate, pieceLength } from "./speech-model.ts";
import { speechWeightsIn } from "./speech-weights.ts";

/** Half a second. */
const piecesPerWord = 16;

self.addEventListener("message", ({ data }: MessageEvent<ToSpeechWorker>) => {
  listen(data).catch((error: unknown) => say({ kind: "failed", reason: String(error) }));
});

function say(message: FromSpeechWorker): void {
  self.postMessage(message);
}

async function listen({ sound, rate }: ToSpeechWorker): Promise<void> {
  const response = await fetch(weightsUrl);
  if (!response.ok) throw new Error(`the speech weights answered ${response.status}`);
  const model = createSpeechModel(speechWeightsIn(await response.arrayBuffer()));
  const judge = createSpeechJudge();
  const resample = createResampler(rate, modelRate);
  let pending = new Float32Array(0);
  let pieces = 0;
  // What came while the weights were fetched is not heard: the port keeps it until it is started, so it begins anew here.
  sound.addEventListener("message", ({ data }: MessageEvent<Float32Array>) => {
    const fresh = resample(data);
    const all = new Float32Array(pending.length + fresh.length);
    all.set(pending);
    all.set(fresh, pending.length);
    let at = 0;
    for (; at + pieceLength <= all.length; at += pieceLength) {
      const judged = judge.read(model(all.subarray(at, at + pieceLength)));
      pieces += 1;
      if (pieces % piecesPerWord === 0) say({ kind: "heard", ...judged });
    }
    pending = all.slice(at);
  });
  sound.start();
}
