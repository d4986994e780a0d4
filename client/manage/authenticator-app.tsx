import { Box, Button, Group, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { recoveryCodeCount } from "#domain/access/second-factor.ts";
import { type Authenticator, authenticatorSchema } from "#protocol/http/second-factor.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { queryClient } from "../sign-in/query-client.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { count } from "../ui/format-duration.ts";
import { formatMoment } from "../ui/format-moment.ts";
import { Loading } from "../ui/loading.tsx";
import { keys } from "./api.ts";
import { ChangeAuthenticator } from "./change-authenticator.tsx";
import styles from "./manage.module.css";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { SetUpAuthenticator } from "./set-up-authenticator.tsx";

type Doing = "nothing" | "set-up" | "turn-off" | "new-codes";

const fewCodes = 3;

/** The second factor of the member: an authenticator app, and recovery codes for when it is not at hand. */
export function AuthenticatorApp() {
  const [doing, setDoing] = useState<Doing>("nothing");
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const app = useQuery({
    queryKey: keys.authenticator,
    queryFn: async () => valueOf(await request(authenticatorSchema, "GET", "/v1/sign-in/authenticator")),
  });

  function onDone(shown: readonly string[] | null) {
    setDoing("nothing");
    setCodes(shown);
    void queryClient.invalidateQueries({ queryKey: keys.authenticator });
    void queryClient.invalidateQueries({ queryKey: keys.signIns });
  }

  if (app.data === undefined) {
    if (!app.isError) return <Loading what="your authenticator app" />;
    return <QueryProblem error={app.error} onRetry={() => void app.refetch()} />;
  }
  return (
    <section aria-labelledby="app-title" className={styles["card"]}>
      <Title order={2} size="h3" id="app-title" mb="sm">
        Authenticator app
      </Title>
      {codes === null ? null : (
        <Box mb="md">
          <RecoveryCodes key={codes[0]} codes={codes} onDone={() => setCodes(null)} />
        </Box>
      )}
      {app.data.setAt === null ? (
        <NoApp isSettingUp={doing === "set-up"} onSetUp={() => setDoing("set-up")} onDone={onDone} />
      ) : (
        <App app={app.data} setAt={app.data.setAt} onDo={setDoing} />
      )}
      {doing === "turn-off" || doing === "new-codes" ? (
        <ChangeAuthenticator what={doing} onDismiss={() => setDoing("nothing")} onDone={onDone} />
      ) : null}
    </section>
  );
}

type NoAppProps = {
  readonly isSettingUp: boolean;
  readonly onSetUp: () => void;
  readonly onDone: (codes: readonly string[] | null) => void;
};

function NoApp({ isSettingUp, onSetUp, onDone }: NoAppProps) {
  return (
    <>
      <Text size="sm" mb="md" maw="44rem">
        Whoever learns your password still cannot sign in when a code of your phone is needed too. Any authenticator app
        will do: it works without a network, and we learn nothing of your phone.
      </Text>
      {isSettingUp ? (
        <SetUpAuthenticator onDone={onDone} />
      ) : (
        <Button variant="default" onClick={onSetUp}>
          Set up an app
        </Button>
      )}
    </>
  );
}

type AppProps = { readonly app: Authenticator; readonly setAt: number; readonly onDo: (doing: Doing) => void };

function App({ app, setAt, onDo }: AppProps) {
  const { recoveryCodesLeft } = app;
  return (
    <>
      <Text mb="xs">
        <strong>On</strong> since {formatMoment(setAt)}: signing in with your password needs a code of your app too.
      </Text>
      <Text size="sm" mb="md">
        {recoveryCodesLeft} of {count(recoveryCodeCount, "recovery code")} left.
        {recoveryCodesLeft <= fewCodes ? " Get new ones before you need them." : ""}
      </Text>
      <Group>
        <Button variant="default" onClick={() => onDo("new-codes")}>
          New recovery codes…
        </Button>
        <Button variant="default" onClick={() => onDo("turn-off")}>
          Turn the app off…
        </Button>
      </Group>
    </>
  );
}
