import { Title } from "@mantine/core";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { Loading } from "../ui/loading.tsx";
import { LegalHolds } from "./legal-holds.tsx";
import { OnePerson } from "./one-person.tsx";
import { PeriodsForm } from "./periods-form.tsx";
import { useRetention } from "./retention-api.ts";
import { RetentionPreview } from "./retention-preview.tsx";
import { RetentionRuns } from "./retention-runs.tsx";

/** `/manage/retention`: how long things are kept, what goes next, what must not go, and one person's data. */
export function RetentionPage() {
  const retention = useRetention();
  return (
    <>
      <Title order={1} size="h2" mb="sm">
        Retention
      </Title>
      {retention.isError ? (
        <QueryProblem error={retention.error} onRetry={() => void retention.refetch()} />
      ) : retention.data === undefined ? (
        <Loading what="the periods" />
      ) : (
        <>
          <PeriodsForm key={JSON.stringify(retention.data.classes)} classes={retention.data.classes} />
          <RetentionPreview />
          <RetentionRuns runs={retention.data.runs} />
          <LegalHolds />
          <OnePerson />
        </>
      )}
    </>
  );
}
