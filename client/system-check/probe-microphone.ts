import { heardLevel, microphoneLevel } from "../media/devices.ts";

const patienceMs = 8_000;

/** Whether the microphone hears anything while somebody is asked to speak. Resolves as soon as it does. */
export function probeMicrophone(stream: MediaStream, stopped: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    let isOver = false;
    const finish = (hasHeard: boolean): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      stopListening();
      resolve(hasHeard);
    };
    const timer = setTimeout(() => finish(false), patienceMs);
    const stopListening = microphoneLevel(stream, (level) => {
      if (level > heardLevel) finish(true);
    });
    stopped.addEventListener("abort", () => finish(false), { once: true });
  });
}
