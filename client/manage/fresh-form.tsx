import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Fragment, type ReactNode } from "react";
import type * as v from "valibot";
import { type Seen, seenOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { announce } from "../ui/announcer.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Loading } from "../ui/loading.tsx";

type FreshFormProps<Schema extends v.GenericSchema> = {
  readonly title: string;
  readonly schema: Schema;
  readonly path: string;
  readonly onClose: () => void;
  /** The form. `reread` begins it anew with what the thing is then. */
  readonly children: (seen: Seen<v.InferOutput<Schema>>, reread: () => void) => ReactNode;
};

/**
 * Reads something before the form that replaces it is shown, and never again by itself: what somebody changes is what they have
 * seen, and it is sent along which that was.
 */
export function FreshForm<Schema extends v.GenericSchema>({
  title,
  schema,
  path,
  onClose,
  children,
}: FreshFormProps<Schema>) {
  const seen = useQuery({
    queryKey: ["seen", path],
    queryFn: async () => seenOf<v.InferOutput<Schema>>(await request<v.GenericSchema>(schema, "GET", path)),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  if (seen.data !== undefined) {
    return (
      <Fragment key={seen.dataUpdatedAt}>
        {children(seen.data, () => {
          void seen.refetch().then(() => announce("This is what it is now."));
        })}
      </Fragment>
    );
  }
  return (
    <Dialog
      title={title}
      onDismiss={onClose}
      actions={
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      }
    >
      {seen.isError ? (
        <QueryProblem error={seen.error} onRetry={() => void seen.refetch()} />
      ) : (
        <Loading what="what it is now" />
      )}
    </Dialog>
  );
}
