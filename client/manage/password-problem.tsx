import { problemIn } from "../sign-in/me.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { ProblemNotice } from "../ui/problem-notice.tsx";

/** Why a member who is signed in, and was asked for their password once more, is not believed. */
export function PasswordProblem({ error }: { readonly error: unknown }) {
  if (problemIn(error)?.code !== "wrong-credentials") return <QueryProblem error={error} />;
  return (
    <ProblemNotice title="That is not the password that you have now">
      Check the first field and try again.
    </ProblemNotice>
  );
}
