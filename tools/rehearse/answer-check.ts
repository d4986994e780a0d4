import * as v from "valibot";
import type { ApiClient } from "../seed/api-client.ts";
import type { LoadCandidate } from "./load-candidate.ts";

export type AnswerCheck = { readonly lost: number; readonly duplicated: number; readonly late: number };

const recordSchema = v.object({
  events: v.array(v.object({ fact: v.looseObject({ type: v.string() }) })),
});
const answerSchema = v.object({
  type: v.literal("answerSaved"),
  response: v.object({ text: v.string() }),
  late: v.boolean(),
});

/** Attempts whose whole log is read back. */
const mostChecked = 50;

/** Reads logs back as a reviewer would, and compares them with what the candidates were told. */
export async function checkAnswers(admin: ApiClient, candidates: readonly LoadCandidate[]): Promise<AnswerCheck> {
  const step = Math.max(1, Math.floor(candidates.length / mostChecked));
  const checked = candidates.filter((_, index) => index % step === 0).slice(0, mostChecked);
  let lost = candidates.reduce((sum, candidate) => sum + candidate.unanswered(), 0);
  let duplicated = 0;
  let late = 0;
  for (const { attemptId, acknowledged } of checked) {
    const { events } = await admin.request("GET", `/v1/attempts/${attemptId}`, null, recordSchema);
    const answers = events.flatMap(({ fact }) => (v.is(answerSchema, fact) ? [v.parse(answerSchema, fact)] : []));
    const texts = answers.map(({ response }) => response.text);
    const stored = new Set(texts);
    lost += acknowledged.filter((text) => !stored.has(text)).length;
    duplicated += texts.length - stored.size;
    late += answers.filter((answer) => answer.late).length;
  }
  return { lost, duplicated, late };
}
