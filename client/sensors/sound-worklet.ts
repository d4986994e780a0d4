/**
 * Runs on the browser's own thread for sound. Each tenth of a second: the power of the sound to the page, or the samples
 * to a worker on this computer. Nothing is kept.
 */
import { type FromSoundLevel, soundLevelName, soundPiecesName, type ToSoundPieces } from "./sound-message.ts";

// What AudioWorkletGlobalScope has (https://webaudio.github.io/web-audio-api/#AudioWorkletGlobalScope), as far as it is
// used here; TypeScript's library does not have it.
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare const sampleRate: number;
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

type Inputs = readonly (readonly Float32Array[])[];

const samplesPerPiece = Math.round(sampleRate / 10);

class SoundLevel extends AudioWorkletProcessor {
  #sum = 0;
  #count = 0;

  process([input]: Inputs): true {
    // The first channel is enough to know how loud it is.
    for (const sample of input?.[0] ?? []) this.#sum += sample * sample;
    this.#count += input?.[0]?.length ?? 0;
    if (this.#count >= samplesPerPiece) {
      this.port.postMessage({ power: this.#sum / this.#count } satisfies FromSoundLevel);
      this.#sum = 0;
      this.#count = 0;
    }
    return true;
  }
}

class SoundPieces extends AudioWorkletProcessor {
  #piece = new Float32Array(samplesPerPiece);
  #filled = 0;
  #listener: MessagePort | null = null;

  constructor() {
    super();
    this.port.addEventListener("message", ({ data }: MessageEvent<ToSoundPieces>) => (this.#listener = data.listener));
    this.port.start();
  }

  process([input]: Inputs): true {
    for (const sample of input?.[0] ?? []) {
      this.#piece[this.#filled] = sample;
      this.#filled += 1;
      if (this.#filled === samplesPerPiece) this.#tell();
    }
    return true;
  }

  #tell(): void {
    const piece = this.#piece;
    this.#piece = new Float32Array(samplesPerPiece);
    this.#filled = 0;
    this.#listener?.postMessage(piece, [piece.buffer]);
  }
}

registerProcessor(soundLevelName, SoundLevel);
registerProcessor(soundPiecesName, SoundPieces);
