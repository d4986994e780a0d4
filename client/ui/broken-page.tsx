import { PageFrame } from "./page-frame.tsx";
import { ProblemNotice } from "./problem-notice.tsx";

/** What stands where a page broke by our fault. */
export function BrokenPage() {
  return (
    <PageFrame title="Something broke">
      <h1>Something broke</h1>
      <ProblemNotice title="This page stopped working" onRetry={() => window.location.reload()}>
        The fault is ours. Whatever was saved is safe: load the page again to go on where you were. If it happens again,
        tell your institution.
      </ProblemNotice>
    </PageFrame>
  );
}
