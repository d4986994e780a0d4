import "../ui/console-styles.css";
import { Text } from "@mantine/core";
import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { Navigate, useNavigate, useSearchParams } from "react-router";
import { PageFrame } from "../ui/page-frame.tsx";
import { meKey, readMe } from "./me.ts";
import { placeOf, returnTo } from "./place-of.ts";
import { queryClient } from "./query-client.ts";
import { SignInForm } from "./sign-in-form.tsx";
import { SingleSignOn, SingleSignOnFault } from "./single-sign-on.tsx";

/** `/sign-in`, and back to `?next=` when there is one. Who is signed in already is sent on. */
export function SignInPage() {
  return (
    <QueryClientProvider client={queryClient}>
      <PageFrame title="Sign in">
        <SignInOrGoOn />
      </PageFrame>
    </QueryClientProvider>
  );
}

function SignInOrGoOn() {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const next = returnTo(search.get("next"));
  // The form stands at once: asking who is signed in must not keep somebody from typing.
  const me = useQuery({ queryKey: meKey, queryFn: readMe, staleTime: 60_000, retry: false });
  if (me.data !== undefined && me.data !== null) return <Navigate to={next ?? placeOf(me.data.permissions)} replace />;
  return (
    <>
      <SingleSignOnFault code={search.get("problem")} />
      <SignInForm
        onSignedIn={(signedIn) => {
          queryClient.clear();
          queryClient.setQueryData(meKey, signedIn);
          void navigate(next ?? placeOf(signedIn.permissions), { replace: true });
        }}
      />
      <SingleSignOn />
      <Text c="dimmed" size="sm" maw="26rem" mx="auto" mt="lg">
        This is for staff. To sit an exam, open the link that your institution sent you: it needs no password.
      </Text>
    </>
  );
}
