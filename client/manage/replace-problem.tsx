import { Button, Group } from "@mantine/core";
import { problemIn } from "../sign-in/me.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { ProblemNotice } from "../ui/problem-notice.tsx";

type ReplaceProblemProps = { readonly error: unknown; readonly onReread: () => void };

/** Why something was not replaced; where somebody else did it meanwhile, with the way to what they made of it. */
export function ReplaceProblem({ error, onReread }: ReplaceProblemProps) {
  if (problemIn(error)?.code !== "changed-meanwhile") return <QueryProblem error={error} />;
  return (
    <ProblemNotice title="Somebody changed this meanwhile">
      Nothing of yours is saved. Look at what they made of it; what you have entered here is dropped by that. Then
      change it if it still has to be.
      <Group mt="sm">
        <Button variant="default" onClick={onReread}>
          Show what it is now
        </Button>
      </Group>
    </ProblemNotice>
  );
}
