import type { SensorReason } from "#domain/integrity/sensor.ts";
import { canListen, type Listening, listenTo } from "./listening.ts";
import { lookRegularly } from "./regular-look.ts";
import type { Sensor, Told } from "./sensor.ts";
import { createSoundJudge } from "./sound-judge.ts";
import { type FromSoundLevel, soundLevelName } from "./sound-message.ts";
import { watchTrack } from "./track.ts";

/** Longer (ms) without a word from the worklet, and the level is not heard. */
const patienceMs = 2_500;

/**
 * Whether the microphone still sends, and where `listens` how loud it is: not at all, or louder than the room is by itself.
 * No sound leaves the computer for this. Where the level cannot be heard, the sensor looks with less: it is degraded.
 */
export function watchMicrophone(told: Told, sound: MediaStreamTrack | undefined, listens: boolean): Sensor {
  const { edges, beat } = told;
  // This sensor has one heart, below.
  const sending = watchTrack({ ...told, beat: () => {} }, "microphone-ended", sound);
  const judge = createSoundJudge();
  const startedAt = performance.now();
  let heardAt: number | null = null;
  let trouble: SensorReason | null = null;
  let listening: Listening | null = null;
  let isStopped = false;

  function hear({ data }: MessageEvent<FromSoundLevel>): void {
    heardAt = performance.now();
    const { isSilent, isLoud } = judge.read(data.power);
    // A microphone that is off is told as that.
    edges.read("microphone-silent", isSilent && sound?.readyState === "live" && !sound.muted);
    edges.read("loud-sound", isLoud);
  }

  async function start(track: MediaStreamTrack): Promise<void> {
    const opened = await listenTo(track, soundLevelName);
    if (isStopped) return opened.stop();
    listening = opened;
    opened.node.port.addEventListener("message", hear);
    opened.node.port.start();
  }

  if (listens && sound !== undefined) {
    if (canListen()) start(sound).catch(() => (trouble = "could-not-load"));
    else trouble = "not-supported";
  }

  const looking = lookRegularly(
    () => {
      const silentSince = heardAt ?? startedAt;
      const isDeaf = listens && sound?.readyState === "live" && performance.now() - silentSince > patienceMs;
      const reason = trouble ?? (isDeaf ? "no-input" : null);
      if (reason === null) return beat("working");
      beat("degraded", reason);
      // Nothing is known of the room now: what was said of it before is taken back.
      edges.read("microphone-silent", false);
      edges.read("loud-sound", false);
    },
    () => {},
    [],
  );

  return {
    stop() {
      isStopped = true;
      looking.stop();
      sending.stop();
      listening?.stop();
    },
  };
}
