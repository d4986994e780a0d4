import { ProblemReport } from "../http/problem-report.tsx";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { problemIn } from "./me.ts";

type QueryProblemProps = { readonly error: unknown; readonly onRetry?: (() => void) | undefined };

/** Why something could not be read or written, as a query or a mutation threw it. */
export function QueryProblem({ error, onRetry }: QueryProblemProps) {
  const problem = problemIn(error);
  if (problem !== null) return <ProblemReport problem={problem} onRetry={onRetry} />;
  return (
    <ProblemNotice title="That did not work" onRetry={onRetry}>
      The fault is ours. Load the page again; whatever was saved is safe.
    </ProblemNotice>
  );
}
