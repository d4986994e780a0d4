import { QueryCache, QueryClient } from "@tanstack/react-query";
import { RequestProblemError } from "../http/request-problem-error.ts";
import { meKey } from "./me.ts";

const mostRetries = 2;

/** Only what may pass by itself is asked for again: no answer, or a fault of the server. */
function isWorthRetrying(error: unknown): boolean {
  return (
    error instanceof RequestProblemError &&
    (error.problem.code === "offline" || error.problem.code === "internal-error")
  );
}

/**
 * What the consoles have read, for as long as the page lives. When any reading finds that nobody is signed in, the
 * guard hears of it, and so it does where a second factor is demanded. A writing does not: whoever has typed something
 * must not lose it to the sign-in page.
 */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError(error) {
      if (!(error instanceof RequestProblemError)) return;
      if (error.problem.code === "not-signed-in") queryClient.setQueryData(meKey, null);
      if (error.problem.code === "second-factor-demanded") void queryClient.invalidateQueries({ queryKey: meKey });
    },
  }),
  defaultOptions: {
    queries: { retry: (failures, error) => failures < mostRetries && isWorthRetrying(error), staleTime: 5_000 },
    mutations: { retry: false },
  },
});
