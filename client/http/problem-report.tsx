import { ProblemNotice } from "../ui/problem-notice.tsx";
import { problemText } from "./problem-text.ts";
import type { RequestProblem } from "./request.ts";

type ProblemReportProps = { readonly problem: RequestProblem; readonly onRetry?: (() => void) | undefined };

/** A problem of the API as a notice. */
export function ProblemReport({ problem, onRetry }: ProblemReportProps) {
  const { title, whatToDo } = problemText(problem);
  return (
    <ProblemNotice title={title} onRetry={onRetry} requestId={problem.requestId}>
      {whatToDo}
    </ProblemNotice>
  );
}
