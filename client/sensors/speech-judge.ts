import { modelRate, pieceLength } from "./speech-model.ts";

const secondOfPieces = Math.floor(modelRate / pieceLength);
/** The model is at least this sure of a piece with speech. */
const speechThreshold = 0.6;
/** So few pieces in two seconds are none: a click or a squeak that sounds like a voice. */
const strayPieces = 3;

export type SpeechJudgement = {
  readonly isSpeech: boolean;
  /** The mean of how sure the model was of the pieces with speech; 0 to 1. */
  readonly confidence: number;
};

/** [I57] Speech begins with a second of it within two, and ends after two seconds without. */
export function createSpeechJudge(): { readonly read: (probability: number) => SpeechJudgement } {
  let lastTwoSeconds: readonly number[] = [];
  let isSpeech = false;
  return {
    read(probability) {
      lastTwoSeconds = [...lastTwoSeconds, probability].slice(-2 * secondOfPieces);
      const spoken = lastTwoSeconds.filter((each) => each >= speechThreshold);
      isSpeech = isSpeech ? spoken.length > strayPieces : spoken.length >= secondOfPieces;
      const sum = spoken.reduce((total, each) => total + each, 0);
      return { isSpeech, confidence: spoken.length === 0 ? 0 : sum / spoken.length };
    },
  };
}
