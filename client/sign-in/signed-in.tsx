import "../ui/console-styles.css";
import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useEffect } from "react";
import { Navigate, useLocation } from "react-router";
import { Loading } from "../ui/loading.tsx";
import { PageFrame } from "../ui/page-frame.tsx";
import { keepSignedIn } from "./keep-signed-in.ts";
import { QueryProblem } from "./query-problem.tsx";
import { MeContext, meKey, readMe } from "./me.ts";
import { signInAddress } from "./place-of.ts";
import { queryClient } from "./query-client.ts";

const FactorDemanded = lazy(async () => ({ default: (await import("../manage/factor-demanded.tsx")).FactorDemanded }));

/** The guard around every page of the staff: shows its children to members, and sends others to sign in and back here. */
export function SignedIn({ children }: { readonly children: ReactNode }) {
  return (
    <QueryClientProvider client={queryClient}>
      <Guard>{children}</Guard>
    </QueryClientProvider>
  );
}

function Guard({ children }: { readonly children: ReactNode }) {
  const { pathname, search } = useLocation();
  const me = useQuery({ queryKey: meKey, queryFn: readMe, staleTime: 60_000, refetchOnWindowFocus: false });
  useEffect(() => keepSignedIn(), []);
  if (me.data === null) return <Navigate to={signInAddress(pathname + search)} replace />;
  if (me.data !== undefined && me.data.secondFactor !== "enough") {
    return (
      <MeContext value={me.data}>
        <Suspense fallback={<Loading what="what is left to do" />}>
          <FactorDemanded />
        </Suspense>
      </MeContext>
    );
  }
  if (me.data !== undefined) return <MeContext value={me.data}>{children}</MeContext>;
  return (
    <PageFrame title="Invigil">
      {me.isError ? (
        <QueryProblem error={me.error} onRetry={() => void me.refetch()} />
      ) : (
        <Loading what="your account" />
      )}
    </PageFrame>
  );
}
