import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { ExamId, SittingId } from "#domain/exam/ids.ts";
import { examListSchema, examSchema } from "#protocol/http/exam.ts";
import { memberListSchema } from "#protocol/http/member.ts";
import { registrationListSchema } from "#protocol/http/registration.ts";
import { resultListSchema, sittingListSchema, sittingSchema } from "#protocol/http/sitting.ts";
import { seenOf, valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";

/** Under which key each thing read is kept, so that who changes it can say so. */
export const keys = {
  exams: ["exams"],
  exam: (examId: string) => ["exam", examId],
  sittings: ["sittings"],
  sitting: (sittingId: string) => ["sitting", sittingId],
  registrations: (sittingId: string) => ["sitting", sittingId, "registrations"],
  accommodations: (sittingId: string) => ["accommodations", sittingId],
  results: (sittingId: string) => ["results", sittingId],
  proctors: ["members", "proctor"],
  signIns: ["sign-ins"],
  authenticator: ["authenticator"],
  passkeys: ["passkeys"],
  singleSignOn: ["single-sign-on"],
  factorRule: ["second-factor-rule"],
} as const;

/** All pages of a list, one after the other: these tables are sorted and searched as a whole. */
async function everyPage<Row>(
  read: (query: string) => Promise<{ readonly rows: readonly Row[]; readonly next: string | null }>,
): Promise<readonly Row[]> {
  const all: Row[] = [];
  for (let after: string | null = ""; after !== null;) {
    const page = await read(after === "" ? "" : `?after=${after}`);
    all.push(...page.rows);
    after = page.next;
  }
  return all;
}

export function useExams() {
  return useQuery({
    queryKey: keys.exams,
    queryFn: () =>
      everyPage(async (page) => {
        const { exams, next } = valueOf(await request(examListSchema, "GET", `/v1/exams${page}`));
        return { rows: exams, next };
      }),
  });
}

/** Read once and kept while it is edited: a later reading must not change a page under its author's hands. */
export function useExam(examId: ExamId | string) {
  return useQuery({
    queryKey: keys.exam(examId),
    queryFn: async () => valueOf(await request(examSchema, "GET", `/v1/exams/${examId}`)),
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    gcTime: 0,
  });
}

export function useSittings() {
  return useQuery({
    queryKey: keys.sittings,
    queryFn: () =>
      everyPage(async (page) => {
        const { sittings, next } = valueOf(await request(sittingListSchema, "GET", `/v1/sittings${page}`));
        return { rows: sittings, next };
      }),
  });
}

export function useSitting(sittingId: SittingId | string) {
  return useQuery({
    queryKey: keys.sitting(sittingId),
    queryFn: async () => seenOf(await request(sittingSchema, "GET", `/v1/sittings/${sittingId}`)),
  });
}

/** Page by page, by name. `filters`: what the list takes. Read again with the sitting: its key begins with that one's. */
export function useRegistrations(sittingId: SittingId, filters: Readonly<Record<string, string>>) {
  return useInfiniteQuery({
    queryKey: [...keys.registrations(sittingId), filters],
    initialPageParam: "",
    queryFn: async ({ pageParam }) => {
      const search = new URLSearchParams({ limit: "200", ...filters });
      if (pageParam !== "") search.set("after", pageParam);
      return valueOf(await request(registrationListSchema, "GET", `/v1/sittings/${sittingId}/registrations?${search}`));
    },
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
  });
}

/** Asked for again now and then: while the sitting runs, they change. */
export function useResults(sittingId: SittingId | string) {
  return useQuery({
    queryKey: keys.results(sittingId),
    queryFn: () =>
      everyPage(async (page) => {
        const path = `/v1/sittings/${sittingId}/results${page}`;
        const { results, next } = valueOf(await request(resultListSchema, "GET", path));
        return { rows: results, next };
      }),
    refetchInterval: 15_000,
  });
}

export function useProctors(isAsked: boolean) {
  return useQuery({
    queryKey: keys.proctors,
    queryFn: async () => valueOf(await request(memberListSchema, "GET", "/v1/members?may=proctor")).members,
    enabled: isAsked,
  });
}
