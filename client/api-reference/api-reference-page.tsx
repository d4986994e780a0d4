import "../ui/console-styles.css";
import { Accordion, Anchor, Code, Text, TextInput, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Loading } from "../ui/loading.tsx";
import { PageFrame } from "../ui/page-frame.tsx";
import { type ApiDocument, apiDocumentSchema, endpointsByTag } from "./api-document.ts";
import styles from "./api-reference.module.css";
import { EndpointView } from "./endpoint-view.tsx";

/** `/docs`: every operation of the API, from the description that the server gives of itself. */
export function ApiReferencePage() {
  const document = useQuery({
    queryKey: ["api-document"],
    queryFn: async () => valueOf(await request(apiDocumentSchema, "GET", "/openapi.json")),
    staleTime: Infinity,
  });
  return (
    <PageFrame title="API" wide>
      <Title order={1} mb="xs">
        The API
      </Title>
      <Text maw="44rem">
        Programs show a key, which a member makes under{" "}
        <Anchor href="/manage/keys" underline="always">
          Keys
        </Anchor>
        . It does at most what that member may do. A refusal is <code>application/problem+json</code> with a code that
        stays the same. Times are milliseconds since 1970, in UTC. The whole description is{" "}
        <Anchor href="/openapi.json" underline="always">
          openapi.json
        </Anchor>
        .
      </Text>
      <Code block my="md">
        {`curl -H "Authorization: Bearer $INVIGIL_KEY" ${window.location.origin}/v1/sittings`}
      </Code>
      {document.data === undefined ? (
        document.isError ? (
          <QueryProblem error={document.error} onRetry={() => void document.refetch()} />
        ) : (
          <Loading what="the description" />
        )
      ) : (
        <Reference document={document.data} />
      )}
    </PageFrame>
  );
}

function Reference({ document }: { readonly document: ApiDocument }) {
  const [words, setWords] = useState("");
  const groups = endpointsByTag(document, useDeferredValue(words));
  return (
    <>
      <TextInput
        type="search"
        label="Find"
        placeholder="registrations"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        maw="24rem"
        mb="lg"
      />
      {groups.length === 0 ? (
        <EmptyState title="Nothing is called like that">Try one word: exam, sitting, result.</EmptyState>
      ) : null}
      {groups.map(([tag, endpoints]) => (
        <section key={tag} aria-labelledby={`tag ${tag}`.replaceAll(" ", "-")}>
          <Title order={2} size="h3" mt="lg" id={`tag ${tag}`.replaceAll(" ", "-")}>
            {tag}
          </Title>
          <Accordion multiple order={3} keepMounted={false}>
            {endpoints.map((endpoint) => (
              <Accordion.Item key={endpoint.operation.operationId} value={endpoint.operation.operationId}>
                <Accordion.Control>
                  <span className={styles["method"]}>{endpoint.method}</span>{" "}
                  <code className={styles["path"]}>{endpoint.path}</code>
                  <Text size="sm" c="dimmed" component="span" display="block">
                    {endpoint.operation.summary}
                  </Text>
                </Accordion.Control>
                <Accordion.Panel>
                  <EndpointView endpoint={endpoint} named={document.components.schemas} />
                </Accordion.Panel>
              </Accordion.Item>
            ))}
          </Accordion>
        </section>
      ))}
    </>
  );
}
