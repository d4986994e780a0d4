import { Anchor, Code, Group, SegmentedControl, Table, Text, Title, VisuallyHidden } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { type MailKind, type MailList, mailListSchema, type MailStatus } from "#protocol/http/mail.ts";
import { valueOf } from "../http/request-problem-error.ts";
import { request } from "../http/request.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { formatMoment } from "../ui/format-moment.ts";
import { Loading } from "../ui/loading.tsx";
import { Older } from "./older.tsx";

const kindWords: Readonly<Record<MailKind, string>> = {
  "candidate-link": "A candidate’s link",
  "proctor-assigned": "An assignment to proctor",
  "member-invitation": "A member’s way in",
};
const statusWords: Readonly<Record<MailStatus, string>> = {
  waiting: "On its way",
  sent: "Sent",
  failed: "Could not be sent",
};

/** `/manage/mail`: what was sent, to whom and when, and what could not be. */
export function MailPage() {
  const [isFailed, setIsFailed] = useState(false);
  const sent = useInfiniteQuery({
    queryKey: ["mails", isFailed],
    initialPageParam: "",
    queryFn: async ({ pageParam }) => {
      const query = new URLSearchParams(isFailed ? { status: "failed" } : {});
      if (pageParam !== "") query.set("before", pageParam);
      return valueOf(await request(mailListSchema, "GET", `/v1/mails?${query}`));
    },
    getNextPageParam: ({ older }) => older,
    refetchInterval: 5_000,
  });
  const mails = sent.data?.pages.flatMap((page) => page.mails) ?? [];
  return (
    <>
      <Title order={1} size="h2" mb="xs">
        Sent mail
      </Title>
      <Text mb="md" maw="44rem">
        What was sent to candidates, proctors and members. The text is not kept, because a link opens an exam or an
        account. Where a link did not arrive, issue a new one on the page of its sitting, or under Members.
      </Text>
      {window.location.hostname === "localhost" ? (
        <Text mb="md" maw="44rem">
          This Invigil runs on your own computer: nothing leaves it, and mails are files in{" "}
          <Code>.wrangler/tmp/email</Code>.
        </Text>
      ) : null}
      <Group mb="sm">
        <SegmentedControl
          aria-label="Which are shown"
          data={[
            { value: "all", label: "All" },
            { value: "failed", label: "Could not be sent" },
          ]}
          value={isFailed ? "failed" : "all"}
          onChange={(value) => setIsFailed(value === "failed")}
        />
      </Group>
      {sent.data === undefined ? (
        sent.isError ? (
          <QueryProblem error={sent.error} onRetry={() => void sent.refetch()} />
        ) : (
          <Loading what="what was sent" />
        )
      ) : mails.length === 0 ? (
        <EmptyState title={isFailed ? "Everything could be sent" : "Nothing was sent yet"}>
          {isFailed
            ? "A mail that could not be sent after five tries stands here."
            : "Candidates get their link by mail where you ask for it when you add them to a sitting."}
        </EmptyState>
      ) : (
        <>
          <MailTable mails={mails} />
          <Older pages={sent} />
        </>
      )}
    </>
  );
}

function MailTable({ mails }: { readonly mails: MailList["mails"] }) {
  return (
    <Table.ScrollContainer minWidth={720}>
      <Table verticalSpacing="xs" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">When</Table.Th>
            <Table.Th scope="col">To</Table.Th>
            <Table.Th scope="col">What</Table.Th>
            <Table.Th scope="col">State</Table.Th>
            <Table.Th scope="col">Sitting</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {mails.map((mail) => (
            <Table.Tr key={mail.id}>
              <Table.Td>{formatMoment(mail.sentAt ?? mail.createdAt)}</Table.Td>
              <Table.Td>{mail.to}</Table.Td>
              <Table.Td>
                {mail.subject}
                <Text size="sm" c="dimmed">
                  {kindWords[mail.kind]}
                </Text>
              </Table.Td>
              <Table.Td>{statusWords[mail.status]}</Table.Td>
              <Table.Td>
                {mail.sittingId === null ? (
                  "–"
                ) : (
                  <Anchor component={Link} to={`/manage/sittings/${mail.sittingId}`} underline="always">
                    Its sitting <VisuallyHidden>of the mail to {mail.to}</VisuallyHidden>
                  </Anchor>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
