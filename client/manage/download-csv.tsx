import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { requestCsv } from "../http/request.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { download } from "../ui/download.ts";

type DownloadCsvProps = {
  readonly label: string;
  /** Of the list in the API, with its filters: all that they let through is downloaded, not only what is shown. */
  readonly path: string;
  readonly fileName: string;
};

/** A button that downloads a list of the API as CSV, and says why when it cannot. */
export function DownloadCsv({ label, path, fileName }: DownloadCsvProps) {
  const file = useMutation({
    mutationFn: async () => valueOf(await requestCsv(path)),
    onSuccess: (text) => download(fileName, "text/csv", text),
  });
  return (
    <>
      <Button variant="default" loading={file.isPending} onClick={() => file.mutate()}>
        {label}
      </Button>
      {file.isError ? <QueryProblem error={file.error} /> : null}
    </>
  );
}
