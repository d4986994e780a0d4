/** One insertion into a field, as far as it is looked at. Times are milliseconds of one clock. */
export type Insertion = {
  /** https://www.w3.org/TR/input-events-2/#interface-InputEvent-Attributes; empty for an event that is no InputEvent. */
  readonly inputType: string;
  readonly isComposing: boolean;
  /** How many characters were added to the field's text. */
  readonly grewBy: number;
  /** What was typed, where the browser says so. Only compared with the one before, never kept longer nor told. */
  readonly text: string | null;
  /** When the key went down; where there was none, when the text came. */
  readonly at: number;
};

export type TypingBurst = {
  /** How many characters came as one burst, once it is over; otherwise null. */
  readonly read: (insertion: Insertion) => number | null;
  /** To be called now and then: ends a burst after which nothing more was typed. */
  readonly rest: (now: number) => number | null;
};

/** This many characters (and more) at once or in a row are a burst. */
const fewestCharacters = 20;
/** Faster than any hand: the fastest typists stay under 20 characters a second for a line. */
const fastestHandPerSecond = 40;
/** A pause of this length (ms) ends a burst. */
const pauseMs = 500;

/**
 * Told by events of their own (paste, drop), made by the browser from what was there before (undo), an input method, or
 * a correction of a word.
 */
const explained: ReadonlySet<string> = new Set([
  "insertFromPaste",
  "insertFromPasteAsQuotation",
  "insertFromDrop",
  "insertFromYank",
  "insertReplacementText",
  "insertTranspose",
  "insertCompositionText",
  "insertFromComposition",
  "historyUndo",
  "historyRedo",
]);

/** Notices typing that arrives as a burst, as when a program types for somebody or an extension fills a field. */
export function createTypingBurst(): TypingBurst {
  /** When each of the last characters came. */
  let times: number[] = [];
  /** What was typed last, and how often in a row. */
  let last: { readonly text: string | null; readonly times: number } = { text: null, times: 0 };
  /** Characters of the burst that is going on; 0 when there is none. */
  let count = 0;

  function end(): number | null {
    const ended = count;
    times = [];
    count = 0;
    return ended === 0 ? null : ended;
  }

  return {
    read({ inputType, isComposing, grewBy, text, at }) {
      if (isComposing || explained.has(inputType) || grewBy <= 0) return null;
      if (grewBy >= fewestCharacters) return (end() ?? 0) + grewBy;
      // A key that is held down repeats its character, on some computers faster than any hand. Words have two at most.
      last = { text, times: text !== null && text === last.text ? last.times + 1 : 1 };
      if (last.times > 2) return null;
      const before = times.at(-1);
      const ended = before !== undefined && at - before > pauseMs ? end() : null;
      times = [...times, ...Array.from({ length: grewBy }, () => at)].slice(-fewestCharacters);
      if (isFast(times)) count = count === 0 ? fewestCharacters : count + grewBy;
      else if (count > 0) return end();
      return ended;
    },
    rest(now) {
      const before = times.at(-1);
      return before !== undefined && now - before > pauseMs ? end() : null;
    },
  };
}

function isFast(times: readonly number[]): boolean {
  const [first] = times;
  const last = times.at(-1);
  if (first === undefined || last === undefined || times.length < fewestCharacters) return false;
  return last - first < ((fewestCharacters - 1) * 1000) / fastestHandPerSecond;
}
