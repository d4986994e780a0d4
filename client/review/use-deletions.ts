import { useQuery } from "@tanstack/react-query";
import type { AttemptClass } from "#domain/retention/data-class.ts";
import { type Deletion, deletionListSchema } from "#protocol/http/retention.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";

/** What of an attempt is gone for good; nothing while that is not known. */
export function useDeletions(attemptId: string): Partial<Readonly<Record<AttemptClass, Deletion>>> {
  const path = `/v1/attempts/${attemptId}/deletions`;
  const list = useQuery({
    queryKey: ["deletions", attemptId],
    queryFn: async () => valueOf(await request(deletionListSchema, "GET", path)).deletions,
    refetchOnWindowFocus: false,
  });
  return Object.fromEntries((list.data ?? []).map((deletion) => [deletion.of, deletion]));
}
