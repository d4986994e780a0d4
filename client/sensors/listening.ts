// oxlint-disable-next-line import/default -- what Vite makes of the query is the address of the built worklet
import workletUrl from "./sound-worklet.ts?worker&url";

export type Listening = {
  readonly node: AudioWorkletNode;
  /** Samples a second. */
  readonly rate: number;
  readonly stop: () => void;
};

export function canListen(): boolean {
  return "AudioWorkletNode" in globalThis;
}

/**
 * Lets a processor of the sound worklet hear a microphone, away from the page's thread. Rejects where the worklet does not
 * load.
 */
export async function listenTo(track: MediaStreamTrack, processorName: string): Promise<Listening> {
  const context = new AudioContext();
  const touched = new AbortController();
  // A context that was made before the page was first touched sleeps until it is.
  const wake = (): void => {
    if (context.state === "suspended") void context.resume().catch(() => {}); // closed meanwhile: nobody listens any more
  };
  for (const type of ["pointerdown", "keydown"] as const) {
    window.addEventListener(type, wake, { capture: true, passive: true, signal: touched.signal });
  }
  const stop = (): void => {
    touched.abort();
    void context.close().catch(() => {}); // closed already, with the page
  };
  try {
    await context.audioWorklet.addModule(workletUrl);
    const node = new AudioWorkletNode(context, processorName, { numberOfOutputs: 0 });
    context.createMediaStreamSource(new MediaStream([track])).connect(node);
    wake();
    return { node, rate: context.sampleRate, stop };
  } catch (error) {
    stop();
    throw error;
  }
}
