import { Title } from "@mantine/core";
import { useState } from "react";
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
  const [seenAt, setSeenAt] = useState(0);
  return (
    <>
      <Title order={1} size="h2" mb="sm">
        Retention
      </Title>
      {retention.data !== undefined ? (
        <>
          <PeriodsForm
            key={seenAt}
            classes={retention.data.value.classes}
            etag={retention.data.etag}
            onReread={() => void retention.refetch().then(({ dataUpdatedAt }) => setSeenAt(dataUpdatedAt))}
          />
          <RetentionPreview />
          <RetentionRuns runs={retention.data.value.runs} />
          <LegalHolds />
          <OnePerson />
        </>
      ) : retention.isError ? (
        <QueryProblem error={retention.error} onRetry={() => void retention.refetch()} />
      ) : (
        <Loading what="the periods" />
      )}
    </>
  );
}
