/** What is judged comes this often a second. */
const perSecond = 10;

/** At most this loud (dB of full scale) is no room at all, not even its hum: a switch on the microphone, or a mute key. */
const digitalSilenceDb = -90;
/** How long it has to go on before it counts is the policy's: some systems take a quiet room's noise away altogether. */
const silentAfter = perSecond;

/** Loud is at least this (dB of full scale), and this much over what the room has by itself. */
const loudDb = -20;
const overRoomDb = 10;
/** Of the last second's ten: a keystroke is one, a cough three to five. */
const loudBegins = 7;
const loudEnds = 2;

const rememberedPieces = 120 * perSecond;
const leastToKnowRoom = 5 * perSecond;

export type SoundJudgement = { readonly isSilent: boolean; readonly isLoud: boolean };

/** Judges a room by the power of its sound, each tenth of a second. It needs five seconds to know the room. */
export function createSoundJudge(): { readonly read: (power: number) => SoundJudgement } {
  let silentPieces = 0;
  let isLoud = false;
  /** Of the last two minutes, in dB. */
  const remembered: number[] = [];
  let roomDb: number | null = null;
  let untilLook = 0;
  let lastSecond: readonly boolean[] = [];

  return {
    read(power) {
      const level = 10 * Math.log10(Math.max(power, 1e-12));
      silentPieces = level <= digitalSilenceDb ? silentPieces + 1 : 0;

      remembered.push(level);
      if (remembered.length > rememberedPieces) remembered.shift();
      untilLook -= 1;
      if (untilLook <= 0) {
        untilLook = perSecond;
        roomDb = remembered.length < leastToKnowRoom ? null : quietFifth(remembered);
      }

      const isLoudPiece = roomDb !== null && level >= loudDb && level >= roomDb + overRoomDb;
      lastSecond = [...lastSecond, isLoudPiece].slice(-perSecond);
      const loud = lastSecond.filter(Boolean).length;
      isLoud = isLoud ? loud > loudEnds : loud >= loudBegins;
      return { isSilent: silentPieces >= silentAfter, isLoud };
    },
  };
}

/** What the room has by itself: a fifth of the time it is no louder than this. */
function quietFifth(levels: readonly number[]): number {
  return levels.toSorted((a, b) => a - b)[Math.floor(levels.length / 5)] ?? 0;
}
