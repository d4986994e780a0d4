import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { type AuditList, auditListSchema } from "#protocol/http/audit.ts";
import { memberListSchema } from "#protocol/http/member.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { verifyCheckpoint } from "./verify-checkpoint.ts";

/** The filters as the address of the page has them, and the API takes them. */
export function useAudit(filters: string) {
  return useInfiniteQuery({
    queryKey: ["audit", filters],
    initialPageParam: "",
    queryFn: async ({ pageParam }) => {
      const query = new URLSearchParams(filters);
      if (pageParam !== "") query.set("before", pageParam);
      return valueOf(await request(auditListSchema, "GET", `/v1/audit?${query}`));
    },
    getNextPageParam: ({ older }) => older,
  });
}

export function useMembers() {
  return useQuery({
    queryKey: ["members"],
    queryFn: async () => valueOf(await request(memberListSchema, "GET", "/v1/members")).members,
  });
}

/** The latest checkpoint, verified here with the published key. */
export function useVerified(signed: AuditList["signed"]) {
  return useQuery({
    queryKey: ["checkpoint", signed?.logId, signed?.size],
    enabled: signed !== null,
    queryFn: async () => {
      const [note, keys] = await Promise.all([
        fetch(`/v1/logs/${signed?.logId}/checkpoint`).then((answer) => answer.text()),
        fetch("/.well-known/jwks.json").then((answer) => answer.json() as Promise<unknown>),
      ]);
      return verifyCheckpoint(note, keys);
    },
  });
}
