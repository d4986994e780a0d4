import { useMutation } from "@tanstack/react-query";
import type { ReviewVerdict } from "#domain/attempt/review.ts";
import type { AttemptId } from "#domain/exam/ids.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { queryClient } from "../sign-in/query-client.ts";
import { announce } from "../ui/announcer.tsx";

type Given = { readonly reason: string; readonly verdict?: ReviewVerdict };

/** Holds or decides, and reads the attempt anew. `said` is announced when it is done. */
export function useReviewing(attemptId: AttemptId, what: "hold" | "decisions", said: string) {
  return useMutation({
    mutationFn: async (given: Given) =>
      valueOf(await request(null, "POST", `/v1/attempts/${attemptId}/${what}`, given)),
    async onSuccess() {
      announce(said);
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: ["attempt", attemptId] }),
        queryClient.invalidateQueries({ queryKey: ["results"] }),
      ]);
    },
  });
}
