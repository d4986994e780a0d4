import type { ItemId, SectionId } from "#domain/exam/ids.ts";
import { brand } from "#domain/exam/ids.ts";
import type { Item } from "#domain/exam/item.ts";
import type { ExamDraft } from "#protocol/http/exam.ts";

// Sources: ICAO Annex 10 Volume II, chapter 5 (alphabet, numbers, standard words, readability, distress and urgency);
// Annex 11, 3.7.3 (read-back); Annex 6 Part I, 4.3.7 (fuel); Doc 4444, chapter 12 (phraseology); Annex 1, 1.2.9 and
// Doc 9835 (language proficiency).

const categories = {
  spelling: "Alphabet and numbers",
  phrases: "Standard words and phrases",
  clearances: "Clearances and read-back",
  emergencies: "Distress and urgency",
  language: "Language proficiency",
} as const;

type Text = readonly [id: string, text: string];
type Heading = keyof typeof categories;

function heading(id: string, category: Heading, points: number, prompt: string) {
  return { id: brand<ItemId>(id), prompt, points, category: categories[category] };
}

function optionsOf(texts: readonly Text[]) {
  return texts.map(([id, text]) => ({ id, text }));
}

const spelling: readonly Item[] = [
  {
    kind: "single-choice",
    ...heading("spell-pqx", "spelling", 1, "A controller spells the letters P Q X. What do you hear?"),
    options: optionsOf([
      ["a", "Peter Queen X-ray"],
      ["b", "Papa Quebec X-ray"],
      ["c", "Papa Quebec Xavier"],
      ["d", "Papa Queen Xavier"],
    ]),
    key: "b",
  },
  {
    kind: "single-choice",
    ...heading("digit-nine", "spelling", 1, "How is the digit 9 pronounced in radiotelephony?"),
    options: optionsOf([
      ["a", "NINE, as in everyday English"],
      ["b", "NIN-er"],
      ["c", "NINE-ty"],
      ["d", "NEEN"],
    ]),
    key: "b",
  },
  {
    kind: "number",
    ...heading(
      "level-in-feet",
      "spelling",
      1,
      "You are cleared to climb to “flight level wun too zero”. Which pressure altitude is that, in feet?",
    ),
    unit: "ft",
    key: { value: 12_000, tolerance: 0 },
  },
  {
    kind: "number",
    ...heading(
      "heard-frequency",
      "spelling",
      1,
      "You hear: “Contact Meridian Tower, wun wun ait day-see-mal tree”. Which frequency do you select?",
    ),
    unit: "MHz",
    key: { value: 118.3, tolerance: 0 },
  },
];

const phrases: readonly Item[] = [
  {
    kind: "short-text",
    ...heading("word-for-yes", "phrases", 1, "Which one word is used in radiotelephony for “yes”?"),
    key: { accepted: ["affirm"], caseSensitive: false },
  },
  {
    kind: "short-text",
    ...heading(
      "words-for-repeat",
      "phrases",
      1,
      "Which two words ask a station to repeat all of its last transmission?",
    ),
    key: { accepted: ["say again"], caseSensitive: false },
  },
  {
    kind: "single-choice",
    ...heading("wilco", "phrases", 1, "What does WILCO mean?"),
    options: optionsOf([
      ["a", "I have received all of your last transmission."],
      ["b", "I understand your message and will comply with it."],
      ["c", "Wait and I will call you."],
      ["d", "Your request is granted."],
    ]),
    key: "b",
  },
  {
    kind: "single-choice",
    ...heading("stand-by", "phrases", 1, "You ask for a clearance and hear STAND BY. What does it mean?"),
    options: optionsOf([
      ["a", "The clearance is approved."],
      ["b", "The clearance is denied."],
      ["c", "Wait and the station will call you; nothing is approved or denied."],
      ["d", "Hold your present position until further notice."],
    ]),
    key: "c",
  },
  {
    kind: "single-choice",
    ...heading("readability-three", "phrases", 1, "A station answers: “Readability tree”. How well are you received?"),
    options: optionsOf([
      ["a", "Unreadable"],
      ["b", "Readable now and then"],
      ["c", "Readable but with difficulty"],
      ["d", "Perfectly readable"],
    ]),
    key: "c",
  },
  {
    kind: "multiple-choice",
    ...heading(
      "proficiency-areas",
      "language",
      3,
      "Which of these are skill areas of the ICAO language proficiency rating scale? Mark all that apply.",
    ),
    options: optionsOf([
      ["a", "Pronunciation"],
      ["b", "Spelling"],
      ["c", "Structure"],
      ["d", "Fluency"],
      ["e", "Handwriting"],
      ["f", "Interactions"],
    ]),
    key: ["a", "c", "d", "f"],
    partialCredit: true,
  },
];

const inFlight: readonly Item[] = [
  {
    kind: "multiple-choice",
    ...heading("read-back", "clearances", 4, "Which of these must you always read back? Mark all that apply."),
    options: optionsOf([
      ["a", "An altimeter setting"],
      ["b", "The surface wind"],
      ["c", "An SSR (transponder) code"],
      ["d", "A heading instruction"],
      ["e", "A report of birds near the runway"],
      ["f", "A clearance to cross a runway"],
    ]),
    key: ["a", "c", "d", "f"],
    partialCredit: true,
  },
  {
    kind: "single-choice",
    ...heading(
      "taxi-read-back",
      "clearances",
      2,
      "You are Meridian 214.\n\nYou hear: “Meridian 214, taxi via Alpha, hold short of runway 27.” Which answer is right?",
    ),
    options: optionsOf([
      ["a", "“Roger, Meridian 214.”"],
      ["b", "“Wilco, Meridian 214.”"],
      ["c", "“Taxi via Alpha, hold short of runway 27, Meridian 214.”"],
      ["d", "“Taxi via Alpha to runway 27.”"],
    ]),
    key: "c",
  },
  {
    kind: "single-choice",
    ...heading(
      "stop-take-off",
      "clearances",
      2,
      "You have begun the take-off roll. Which words tell you to abandon the take-off?",
    ),
    options: optionsOf([
      ["a", "“Hold position”"],
      ["b", "“Stop immediately”"],
      ["c", "“Go around”"],
      ["d", "“Disregard take-off”"],
    ]),
    key: "b",
  },
  {
    kind: "number",
    ...heading(
      "crosswind",
      "clearances",
      2,
      "Runway 27 (270° magnetic). The tower says: “Wind too fower zero degrees, wun ait knots.” What is the crosswind component?",
    ),
    unit: "kt",
    key: { value: 9, tolerance: 0.5 },
  },
  {
    kind: "number",
    ...heading("radio-failure", "emergencies", 1, "Your radio has failed. Which transponder code do you select?"),
    unit: null,
    key: { value: 7600, tolerance: 0 },
  },
  {
    kind: "short-text",
    ...heading(
      "urgency-signal",
      "emergencies",
      1,
      "A passenger is seriously ill, and the aircraft itself is in no danger. Which spoken signal, said three times, begins your call?",
    ),
    key: {
      accepted: ["PAN PAN", "PAN-PAN", "PAN PAN, PAN PAN, PAN PAN", "PAN PAN PAN PAN PAN PAN"],
      caseSensitive: false,
    },
  },
  {
    kind: "multiple-choice",
    ...heading("mayday", "emergencies", 2, "In which of these cases do you call MAYDAY? Mark all that apply."),
    options: optionsOf([
      ["a", "An engine fire that does not go out"],
      ["b", "You will land with less than your planned final reserve fuel"],
      ["c", "A cabin light has failed"],
      ["d", "You ask for priority because a passenger has a broken arm"],
    ]),
    key: ["a", "b"],
    partialCredit: false,
  },
];

/** A real exam on a real subject: ICAO aviation English and radiotelephony. */
export const demoExam: ExamDraft = {
  title: "Aviation English and Radiotelephony: Ground School Test",
  instructions:
    "You have 45 minutes for 17 questions. You may answer them in any order, mark some for later and change your answers until you hand in.\n\n" +
    "Use ICAO standard phraseology in every answer. Numbers are given without their unit.\n\n" +
    "Notes, phones and other people are not allowed. If something goes wrong, write to your proctor.",
  durationMs: 45 * 60 * 1000,
  sections: [
    { id: brand<SectionId>("spelling"), title: "Alphabet and numbers", items: editable(spelling) },
    { id: brand<SectionId>("phrases"), title: "Standard words and phrases", items: editable(phrases) },
    { id: brand<SectionId>("in-flight"), title: "Clearances and emergencies", items: editable(inFlight) },
  ],
  policy: "standard",
};

/** What is read from the wire is a fresh copy that may be changed; what is written here is not. */
function editable(items: readonly Item[]): ExamDraft["sections"][number]["items"] {
  return structuredClone(items) as ExamDraft["sections"][number]["items"];
}
