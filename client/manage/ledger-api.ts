import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import type { TechnicalFailure } from "#domain/ledger/entry.ts";
import { ledgerSchema } from "#protocol/http/ledger.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { queryClient } from "../sign-in/query-client.ts";
import { announce } from "../ui/announcer.tsx";

/** The filters as the address of the page has them, and the API takes them. */
export function useLedger(filters: string) {
  return useInfiniteQuery({
    queryKey: ["ledger", filters],
    initialPageParam: "",
    queryFn: async ({ pageParam }) => {
      const query = new URLSearchParams(filters);
      if (pageParam !== "") query.set("before", pageParam);
      return valueOf(await request(ledgerSchema, "GET", `/v1/ledger?${query}`));
    },
    getNextPageParam: ({ older }) => (older === null ? null : String(older)),
  });
}

export function useRefund() {
  return useMutation({
    mutationFn: async (refund: { readonly attemptId: string; readonly reason: TechnicalFailure }) =>
      valueOf(await request(null, "POST", "/v1/ledger/refunds", refund)),
    async onSuccess() {
      announce("The attempt is refunded.");
      await queryClient.invalidateQueries({ queryKey: ["ledger"] });
    },
  });
}
