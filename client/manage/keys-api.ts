import { useMutation, useQuery } from "@tanstack/react-query";
import type { KeyId } from "#domain/exam/ids.ts";
import { issuedKeySchema, keyListSchema, type NewKey } from "#protocol/http/api-key.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { queryClient } from "../sign-in/query-client.ts";

const key = ["keys"] as const;

export function useKeys() {
  return useQuery({
    queryKey: key,
    queryFn: async () => valueOf(await request(keyListSchema, "GET", "/v1/keys")).keys,
  });
}

export function useMakeKey() {
  return useMutation({
    mutationFn: async (asked: NewKey) => valueOf(await request(issuedKeySchema, "POST", "/v1/keys", asked)),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: key }),
  });
}

export function useRevokeKey() {
  return useMutation({
    mutationFn: async (keyId: KeyId) => valueOf(await request(null, "DELETE", `/v1/keys/${keyId}`)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: key }),
  });
}
