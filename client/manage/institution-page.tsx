import { Button, NativeSelect, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Institution, institutionSchema } from "#protocol/http/institution.ts";
import { type MailLanguage, mailLanguages } from "#protocol/http/mail.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { queryClient } from "../sign-in/query-client.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { announce } from "../ui/announcer.tsx";
import { Loading } from "../ui/loading.tsx";
import { heldWords } from "../ui/room-words.ts";

const path = "/v1/institution";
const key = ["institution"];

/** Each in itself: whoever needs it finds it. */
const languageNames: Readonly<Record<MailLanguage, string>> = { en: "English", de: "Deutsch", fr: "Français" };

/** `/manage/institution`: what the institution sets of itself. */
export function InstitutionPage() {
  const read = useQuery({
    queryKey: key,
    queryFn: async () => valueOf(await request(institutionSchema, "GET", path)),
  });
  return (
    <>
      <Title order={1} size="h2" mb="md">
        Institution
      </Title>
      {read.data !== undefined ? (
        <Stack gap="xl" maw="40rem">
          <Settings key={read.data.changedAt} institution={read.data} />
          <WhereKept institution={read.data} />
        </Stack>
      ) : read.isError ? (
        <QueryProblem error={read.error} onRetry={() => void read.refetch()} />
      ) : (
        <Loading what="the institution" />
      )}
    </>
  );
}

/** Read, not set: whoever runs the installation chose it when the institution was made, and it stays. */
function WhereKept({ institution: { home, jurisdictionAsked, jurisdiction } }: { readonly institution: Institution }) {
  return (
    <section aria-labelledby="kept-title">
      <Title order={2} size="h3" id="kept-title" mb="xs">
        Where your data is kept
      </Title>
      <Text mb="xs">{homeWords[home]}</Text>
      <Text>{heldWords(jurisdictionAsked, jurisdiction)}</Text>
    </section>
  );
}

const homeWords: Readonly<Record<Institution["home"], string>> = {
  shared:
    "Records and recordings are in the database and the bucket that institutions share, each row and each file under your institution alone.",
  eu: "Records and recordings are in a database and a bucket apart, for institutions under the law of the European Union. In which country they are, whoever runs this installation chose when they were made.",
};

function Settings({ institution: { name, language, changedAt } }: { readonly institution: Institution }) {
  const [chosen, setChosen] = useState(language);
  const save = useMutation({
    mutationFn: async () =>
      valueOf(await request(institutionSchema, "PUT", path, { language: chosen }, undefined, `"${changedAt}"`)),
    onSuccess(institution) {
      queryClient.setQueryData(key, institution);
      announce("Saved.");
    },
  });
  return (
    <Stack gap="md" maw="32rem" align="flex-start">
      <Text>
        <strong>{name}</strong>. Its name is set by whoever provides Invigil to you.
      </Text>
      <NativeSelect
        label="Language"
        description="Of mails to candidates, proctors and members, and of what is handed out to a person about their data."
        value={chosen}
        data={mailLanguages.map((value) => ({ value, label: languageNames[value] }))}
        onChange={(event) => setChosen(mailLanguages.find((value) => value === event.currentTarget.value) ?? language)}
      />
      {save.isError ? (
        <QueryProblem error={save.error} onRetry={() => void queryClient.invalidateQueries({ queryKey: key })} />
      ) : null}
      <Button loading={save.isPending} disabled={chosen === language} onClick={() => save.mutate()}>
        Save
      </Button>
    </Stack>
  );
}
