import { Anchor, Button, Checkbox, Group, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { Link } from "react-router";
import type * as v from "valibot";
import { type FactorRule, isEnough } from "#domain/access/factor-rule.ts";
import { factorRuleStateSchema } from "#protocol/http/second-factor.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { queryClient } from "../sign-in/query-client.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { announce } from "../ui/announcer.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { count } from "../ui/format-duration.ts";
import { Loading } from "../ui/loading.tsx";
import { keys } from "./api.ts";
import styles from "./manage.module.css";

const path = "/v1/second-factor-rule";
type State = v.InferOutput<typeof factorRuleStateSchema>;

/** Whether every member needs a second factor, and what counts as one. */
export function FactorRuleCard() {
  const state = useQuery({
    queryKey: keys.factorRule,
    queryFn: async () => valueOf(await request(factorRuleStateSchema, "GET", path)),
    refetchOnWindowFocus: false,
  });
  if (state.data === undefined) {
    if (!state.isError) return <Loading what="what your members have to show" />;
    return <QueryProblem error={state.error} onRetry={() => void state.refetch()} />;
  }
  const { isDemanded, providerAnswers } = state.data;
  return (
    <section aria-labelledby="factor-rule-title" className={styles["card"]}>
      <Title order={2} size="h3" id="factor-rule-title" mb="sm">
        A second factor for everybody
      </Title>
      <Text mb="md" maw="44rem">
        A password that somebody else learns is not enough then: each member also shows a code of an authenticator app,
        or signs in with a passkey. Keys of the API go on as they are. {howMany(state.data)}
      </Text>
      <RuleForm key={`${isDemanded} ${providerAnswers}`} state={state.data} />
    </section>
  );
}

function howMany({ members, membersWithout }: State): string {
  if (membersWithout === 0) return "Every member has one already.";
  return `Of ${count(members, "member")} ${membersWithout} ${membersWithout === 1 ? "has" : "have"} none yet.`;
}

function RuleForm({ state }: { readonly state: State }) {
  const [isDemanded, setIsDemanded] = useState(state.isDemanded);
  const [providerAnswers, setProviderAnswers] = useState(state.providerAnswers);
  const [isAsking, setIsAsking] = useState(false);
  const rule: FactorRule = { isDemanded, providerAnswers };
  const isSaved = isDemanded === state.isDemanded && providerAnswers === state.providerAnswers;
  const isForMe = isEnough(rule, state.own);
  const save = useMutation({
    mutationFn: async () => valueOf(await request(null, "PUT", path, rule)),
    async onSuccess() {
      setIsAsking(false);
      announce("Saved.");
      await queryClient.invalidateQueries({ queryKey: keys.factorRule });
    },
  });

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!isForMe) return;
    if (isDemanded && !(state.isDemanded && providerAnswers)) setIsAsking(true);
    else save.mutate();
  }

  return (
    <form onSubmit={onSubmit} aria-labelledby="factor-rule-title">
      <Stack gap="md" maw="44rem">
        <Checkbox
          label="Every member needs a second factor"
          checked={isDemanded}
          onChange={(event) => setIsDemanded(event.currentTarget.checked)}
        />
        <Checkbox
          label="Your institution's own sign-in sees to it"
          description="Who comes by it is asked for nothing more. Choose this only where your provider asks for a second factor itself: we cannot tell."
          disabled={!isDemanded}
          checked={providerAnswers}
          onChange={(event) => setProviderAnswers(event.currentTarget.checked)}
        />
        {isForMe ? null : (
          <Text role="status">
            <strong>First you need one yourself,</strong> so that you are not the first who is kept out. Set up a
            passkey or an app under{" "}
            <Anchor component={Link} to="/manage/account" underline="always">
              Your account
            </Anchor>
            ; if you have one, sign in with it. Then come back.
          </Text>
        )}
        {save.isError && !isAsking ? <QueryProblem error={save.error} /> : null}
        <Group>
          <Button type="submit" disabled={isSaved || !isForMe} loading={save.isPending && !isAsking}>
            Save
          </Button>
        </Group>
      </Stack>
      {isAsking ? (
        <Dialog
          title="Ask every member for a second factor?"
          onDismiss={() => setIsAsking(false)}
          actions={
            <>
              <Button variant="default" onClick={() => setIsAsking(false)}>
                Not now
              </Button>
              <Button loading={save.isPending} onClick={() => save.mutate()}>
                Ask for it
              </Button>
            </>
          }
        >
          <p>
            It holds at once. Who signed in without one is led to set one up with their next click, and live sessions
            that they watch close until they have: not a good moment while an exam is proctored. {howMany(state)}
          </p>
          {save.isError ? <QueryProblem error={save.error} /> : null}
        </Dialog>
      ) : null}
    </form>
  );
}
