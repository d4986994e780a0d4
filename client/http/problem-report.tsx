import { ProblemNotice } from "../ui/problem-notice.tsx";
import { type ProblemText, problemText } from "./problem-text.ts";
import type { RequestProblem } from "./request.ts";

type ProblemReportProps = {
  readonly problem: RequestProblem;
  readonly onRetry?: (() => void) | undefined;
  /** Words of the page's own, where the general ones would not help its readers. */
  readonly words?: Partial<Record<RequestProblem["code"], ProblemText>>;
};

/** A problem of the API as a notice. */
export function ProblemReport({ problem, onRetry, words }: ProblemReportProps) {
  const { title, whatToDo } = words?.[problem.code] ?? problemText(problem);
  return (
    <ProblemNotice title={title} onRetry={onRetry} requestId={problem.requestId}>
      {whatToDo}
    </ProblemNotice>
  );
}
