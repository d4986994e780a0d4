import { Checkbox } from "@mantine/core";
import { useState } from "react";
import { roles } from "#domain/access/permission.ts";
import { invitedMembersSchema, memberRows, newMemberSchema } from "#protocol/http/member.ts";
import type { RowFault } from "#protocol/http/problem.ts";
import { requestOnce } from "../http/request.ts";
import type { InvitedLink } from "./invited-links.tsx";
import { rereadMembers, useCustomRoles } from "./member-api.ts";
import { type UploadKind, UploadRows } from "./upload-rows.tsx";

type UploadMembersProps = {
  readonly onInvited: (invited: readonly InvitedLink[]) => void;
  readonly onClose: () => void;
};

/** Many members at once, from a file. */
export function UploadMembers({ onInvited, onClose }: UploadMembersProps) {
  const own = useCustomRoles().data ?? [];
  const [isMailed, setIsMailed] = useState(true);
  const kind: UploadKind<InvitedLink> = {
    title: "Invite many members from a file",
    csv: memberRows,
    row: newMemberSchema,
    shown: "email",
    columns: [
      { name: "name", words: "As colleagues know them." },
      { name: "email", words: "They sign in with it." },
      {
        name: "roles",
        words: `One or more of ${roles.join(", ")}. Left empty, they can sign in and see nothing.`,
      },
      {
        name: "custom_role_ids",
        words:
          own.length === 0
            ? "The ids of roles that your institution has made. It has made none."
            : `The ids of your own roles: ${own.map(({ roleId, name }) => `${roleId} is ${name}`).join(", ")}.`,
      },
    ],
    example: {
      fileName: "members-example.csv",
      rows: [
        { name: "Lin Moreau", email: "lin@school.example", roles: "proctor" },
        { name: "Noor Haddad", email: "noor@school.example", roles: "author reviewer" },
      ],
    },
    wordsFor: (path) => faultyFields.find(([field]) => path.startsWith(field))?.[1] ?? "Check this row.",
    rowsAtOnce: 250,
    async send(members, name) {
      const answer = await requestOnce(invitedMembersSchema, name, "/v1/members/bulk", {
        members,
        sendByEmail: isMailed,
      });
      if (!answer.ok) return answer;
      const { invited, refused, expiresAt } = answer.value;
      return { ok: true, value: { taken: invited.map((one) => ({ ...one, expiresAt })), refused } };
    },
    faultWords,
    sendWords: (rows) => `Invite ${peopleWords(rows)}`,
    question: isMailed
      ? (rows) => ({
          title: `${peopleWords(rows)} will be invited by email`,
          text: "Each gets a link by which they choose a password. A mail that was sent cannot be taken back.",
        })
      : null,
    takenWords: (rows) =>
      rows === 0
        ? "Nobody was invited."
        : `${peopleWords(rows)} ${rows === 1 ? "was" : "were"} invited: what to do with the links stands above.`,
  };
  return (
    <UploadRows
      kind={kind}
      onTaken={(invited) => {
        onInvited(invited);
        void rereadMembers();
      }}
      onClose={onClose}
    >
      <Checkbox
        label="Send each their link by email"
        description="You get the links here all the same. What was sent is listed under Mail."
        checked={isMailed}
        onChange={(event) => setIsMailed(event.currentTarget.checked)}
      />
    </UploadRows>
  );
}

const faultyFields: readonly (readonly [string, string])[] = [
  ["name", "Write a name of at most 200 characters."],
  ["email", "Write a whole email address, for example lin@school.example."],
  ["roles", `Write roles as they are called here: ${roles.join(", ")}.`],
  ["customRoleIds", "Write the ids of your own roles as they stand above, parted by blanks."],
];

function faultWords({ code, detail }: RowFault): string {
  switch (code) {
    case "email-taken":
      return "Somebody has an account with this address, or a row before it has it too.";
    case "more-than-own":
      return "These roles allow more than you may do yourself. Give less, or ask somebody who may do all of it.";
    default:
      return detail;
  }
}

function peopleWords(people: number): string {
  return people === 1 ? "1 person" : `${people.toLocaleString("en")} people`;
}
