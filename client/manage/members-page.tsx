import { Anchor, Badge, Button, Group, NativeSelect, Table, Text, TextInput, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { lazy, Suspense, useState } from "react";
import { Link } from "react-router";
import { can } from "#domain/access/permission.ts";
import type { Invitation, Member } from "#protocol/http/member.ts";
import { useMe } from "../sign-in/me.ts";
import { QueryProblem } from "../sign-in/query-problem.tsx";
import { announce } from "../ui/announcer.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Loading } from "../ui/loading.tsx";
import { DownloadCsv } from "./download-csv.tsx";
import { type InvitedLink, InvitedLinks } from "./invited-links.tsx";
import { useMemberPages } from "./member-api.ts";
import { MemberActions } from "./member-actions.tsx";
import { MemberForm } from "./member-form.tsx";
import { roleNames } from "./role-words.ts";
import { WayIn } from "./way-in.tsx";

const LazyUpload = lazy(() => import("./upload-members.tsx").then((part) => ({ default: part.UploadMembers })));

/** `/manage/members`: who is of the institution, and what each may do. */
export function MembersPage() {
  const me = useMe();
  const mayManage = can(me, "manage-members");
  const [text, setText] = useState("");
  const [state, setState] = useState("");
  const [isInviting, setIsInviting] = useState(false);
  const [isUploading, setIsUploading] = useState(false);
  const [invited, setInvited] = useState<readonly InvitedLink[]>([]);
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const [asked] = useDebouncedValue(text.trim(), 250);
  const filters = { ...(asked === "" ? {} : { text: asked }), ...(state === "" ? {} : { state }) };
  const pages = useMemberPages(filters);
  const members = pages.data?.pages.flatMap((page) => page.members) ?? [];

  return (
    <>
      <Group justify="space-between" mb="md">
        <Title order={1} size="h2">
          Members
        </Title>
        <Group gap="sm">
          <Button component={Link} to="/manage/roles" variant="default">
            Roles
          </Button>
          <DownloadCsv
            label="Download as CSV"
            path={`/v1/members?${new URLSearchParams(filters)}`}
            fileName="members.csv"
          />
          {mayManage && !isUploading ? (
            <Button variant="default" onClick={() => setIsUploading(true)}>
              Invite many from a file
            </Button>
          ) : null}
          {mayManage ? <Button onClick={() => setIsInviting(true)}>Invite a member</Button> : null}
        </Group>
      </Group>
      {invitation === null ? null : (
        <WayIn key={invitation.link} invitation={invitation} onDone={() => setInvitation(null)} />
      )}
      {invited.length === 0 ? null : <InvitedLinks invited={invited} onDone={() => setInvited([])} />}
      {isUploading ? (
        <Suspense fallback={<Loading what="the form" />}>
          <LazyUpload
            onInvited={(some) => setInvited((before) => [...before, ...some])}
            onClose={() => setIsUploading(false)}
          />
        </Suspense>
      ) : null}
      <Group mb="md" gap="sm" align="flex-end">
        <TextInput
          label="Name or address"
          type="search"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <NativeSelect
          label="Who"
          value={state}
          data={[
            { value: "", label: "All members" },
            { value: "active", label: "Who has come" },
            { value: "invited", label: "Invited, not here yet" },
            { value: "left", label: "Removed" },
          ]}
          onChange={(event) => setState(event.currentTarget.value)}
        />
      </Group>
      {pages.data === undefined ? (
        pages.isError ? (
          <QueryProblem error={pages.error} onRetry={() => void pages.refetch()} />
        ) : (
          <Loading what="the members" />
        )
      ) : members.length === 0 ? (
        <EmptyState title="Nobody is like that">
          Choose less: another part of the name, or “All members”. {mayManage ? "Or invite somebody new." : null}
        </EmptyState>
      ) : (
        <Table.ScrollContainer minWidth={720}>
          <Table verticalSpacing="xs" highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Name</Table.Th>
                <Table.Th scope="col">Roles</Table.Th>
                {mayManage ? <Table.Th scope="col">Change</Table.Th> : null}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {members.map((member) => (
                <MemberRow key={member.memberId} member={member} mayManage={mayManage} onInvitation={setInvitation} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {pages.hasNextPage ? (
        <Button mt="sm" variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          More
        </Button>
      ) : null}
      {isInviting ? (
        <MemberForm
          before={null}
          onClose={() => setIsInviting(false)}
          onDone={(member, issued) => {
            setIsInviting(false);
            setInvitation(issued);
            announce(`${member.name} is invited. Send them the link.`);
          }}
        />
      ) : null}
    </>
  );
}

type MemberRowProps = {
  readonly member: Member;
  readonly mayManage: boolean;
  readonly onInvitation: (invitation: Invitation) => void;
};

function MemberRow({ member, mayManage, onInvitation }: MemberRowProps) {
  const { name, email, state, roles, customRoles } = member;
  const held = [...roles.map((role) => roleNames[role]), ...customRoles.map((role) => role.name)];
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={600} span>
          {name}
        </Text>{" "}
        {state === "active" ? null : (
          <Badge variant="outline" color="gray">
            {state === "invited" ? "invited" : "removed"}
          </Badge>
        )}
        <Text size="sm" c="dimmed">
          <Anchor href={`mailto:${email}`} c="dimmed">
            {email}
          </Anchor>
        </Text>
      </Table.Td>
      <Table.Td>
        {held.length === 0 ? (
          <Text size="sm" c="dimmed">
            None: they can sign in, and see nothing
          </Text>
        ) : (
          held.join(", ")
        )}
      </Table.Td>
      {mayManage ? (
        <Table.Td>
          <MemberActions member={member} onInvitation={onInvitation} />
        </Table.Td>
      ) : null}
    </Table.Tr>
  );
}
