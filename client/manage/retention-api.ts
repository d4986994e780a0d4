import { useMutation, useQuery } from "@tanstack/react-query";
import type { Periods } from "#domain/retention/period.ts";
import {
  candidateListSchema,
  erasureSchema,
  holdListSchema,
  retentionPreviewSchema,
  retentionRunSchema,
  retentionSchema,
} from "#protocol/http/retention.ts";
import { seenOf, valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { queryClient } from "../sign-in/query-client.ts";
import { announce } from "../ui/announcer.tsx";

const key = "retention";

async function changed(words: string): Promise<void> {
  announce(words);
  await queryClient.invalidateQueries({ queryKey: [key] });
}

export function useRetention() {
  return useQuery({
    queryKey: [key, "periods"],
    queryFn: async () => seenOf(await request(retentionSchema, "GET", "/v1/retention")),
  });
}

export function usePreview() {
  return useQuery({
    queryKey: [key, "preview"],
    queryFn: async () => valueOf(await request(retentionPreviewSchema, "GET", "/v1/retention/preview")),
  });
}

/** What a hold keeps. */
export type Held = { readonly kind: "attempt" | "candidate" | "sitting"; readonly id: string };

/** All of them, or those by which one attempt or sitting is kept. */
export function useHolds(of: (Held & { readonly kind: Exclude<Held["kind"], "candidate"> }) | null = null) {
  const asked = of === null ? "" : `${of.kind}=${of.id}`;
  return useQuery({
    queryKey: [key, "holds", asked],
    queryFn: async () => valueOf(await request(holdListSchema, "GET", `/v1/holds?${asked}`)).holds,
  });
}

/** People by a part of their name or e-mail; nobody while nothing is asked for. */
export function usePeople(search: string) {
  return useQuery({
    queryKey: [key, "people", search],
    enabled: search !== "",
    queryFn: async () =>
      valueOf(await request(candidateListSchema, "GET", `/v1/candidates?search=${encodeURIComponent(search)}`)),
  });
}

export function useSetPeriods() {
  return useMutation({
    mutationFn: async ({ periods, etag }: { readonly periods: Periods; readonly etag: string | undefined }) =>
      seenOf(await request(null, "PUT", "/v1/retention", { periods }, undefined, etag)),
    onSuccess: () => changed("The periods are set."),
  });
}

export function useRunRetention() {
  return useMutation({
    mutationFn: async () => valueOf(await request(retentionRunSchema, "POST", "/v1/retention/runs")),
    onSuccess: () => changed("What is due was deleted."),
  });
}

export function usePlaceHold() {
  return useMutation({
    mutationFn: async (hold: { readonly on: Held; readonly reason: string }) =>
      valueOf(await request(null, "POST", "/v1/holds", hold)),
    onSuccess: () => changed("The hold is placed."),
  });
}

export function useReleaseHold() {
  return useMutation({
    mutationFn: async (id: string) => valueOf(await request(null, "DELETE", `/v1/holds/${id}`)),
    onSuccess: () => changed("The hold is released."),
  });
}

export function useErasePerson() {
  return useMutation({
    mutationFn: async ({ id, name }: { readonly id: string; readonly name: string }) =>
      valueOf(await request(erasureSchema, "DELETE", `/v1/candidates/${id}`, { name })),
    onSuccess: () => changed("The data is erased."),
  });
}
