import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import type * as v from "valibot";
import {
  deliveryListSchema,
  type newWebhookSchema,
  resentSchema,
  type webhookChangeSchema,
  webhookListSchema,
  webhookSchema,
  webhookSecretSchema,
} from "#protocol/http/webhook.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { queryClient } from "../sign-in/query-client.ts";

const all = ["webhooks"] as const;
/** What was asked to be sent is sent within seconds; the list shows it without a reload. */
const lookEveryMs = 3_000;

function refresh(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: all });
}

export function useWebhooks() {
  return useQuery({
    queryKey: all,
    queryFn: async () => valueOf(await request(webhookListSchema, "GET", "/v1/webhooks")).webhooks,
    refetchInterval: lookEveryMs,
  });
}

export function useDeliveries(webhookId: string, isFailed: boolean) {
  return useInfiniteQuery({
    queryKey: [...all, webhookId, isFailed],
    initialPageParam: 0,
    queryFn: async ({ pageParam }) => {
      const query = new URLSearchParams(isFailed ? { status: "failed" } : {});
      if (pageParam !== 0) query.set("before", String(pageParam));
      return valueOf(await request(deliveryListSchema, "GET", `/v1/webhooks/${webhookId}/deliveries?${query}`));
    },
    getNextPageParam: ({ older }) => older,
    refetchInterval: lookEveryMs,
  });
}

export function useAddWebhook() {
  return useMutation({
    mutationFn: async (asked: v.InferInput<typeof newWebhookSchema>) =>
      valueOf(await request(webhookSecretSchema, "POST", "/v1/webhooks", asked)),
    onSuccess: refresh,
  });
}

type Replacement = { readonly asked: v.InferInput<typeof webhookChangeSchema>; readonly etag: string | undefined };

export function useChangeWebhook(webhookId: string) {
  return useMutation({
    mutationFn: async ({ asked, etag }: Replacement) =>
      valueOf(await request(webhookSchema, "PUT", `/v1/webhooks/${webhookId}`, asked, undefined, etag)),
    onSettled: refresh,
  });
}

export function useRemoveWebhook(webhookId: string) {
  return useMutation({
    mutationFn: async () => valueOf(await request(null, "DELETE", `/v1/webhooks/${webhookId}`)),
  });
}

export function useNewSecret(webhookId: string) {
  return useMutation({
    mutationFn: async () => valueOf(await request(webhookSecretSchema, "POST", `/v1/webhooks/${webhookId}/secret`)),
    onSettled: refresh,
  });
}

export function useSendTest(webhookId: string) {
  return useMutation({
    mutationFn: async () => valueOf(await request(null, "POST", `/v1/webhooks/${webhookId}/test`)),
    onSettled: refresh,
  });
}

export function useResend(webhookId: string) {
  return useMutation({
    mutationFn: async (deliveryId: string) =>
      valueOf(await request(null, "POST", `/v1/webhooks/${webhookId}/deliveries/${deliveryId}/resend`)),
    onSettled: refresh,
  });
}

export function useResendFailed(webhookId: string) {
  return useMutation({
    mutationFn: async () => valueOf(await request(resentSchema, "POST", `/v1/webhooks/${webhookId}/resend`)).resent,
    onSettled: refresh,
  });
}
