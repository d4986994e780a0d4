import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { memberListSchema, roleListSchema } from "#protocol/http/member.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { queryClient } from "../sign-in/query-client.ts";

const membersKey = ["members"];
const rolesKey = ["roles"];

/** Page by page, by name. `query`: what `GET /v1/members` takes. */
export function useMemberPages(query: Readonly<Record<string, string>>) {
  return useInfiniteQuery({
    queryKey: [...membersKey, "pages", query],
    initialPageParam: "",
    queryFn: async ({ pageParam }) => {
      const search = new URLSearchParams({ limit: "50", ...query });
      if (pageParam !== "") search.set("after", pageParam);
      return valueOf(await request(memberListSchema, "GET", `/v1/members?${search}`));
    },
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
  });
}

export function useCustomRoles() {
  return useQuery({
    queryKey: rolesKey,
    queryFn: async () => valueOf(await request(roleListSchema, "GET", "/v1/roles")).roles,
  });
}

/** After a change of members or roles both are read again: each shows some of the other. */
export async function rereadMembers(): Promise<void> {
  await Promise.all([membersKey, rolesKey].map((queryKey) => queryClient.invalidateQueries({ queryKey })));
}
