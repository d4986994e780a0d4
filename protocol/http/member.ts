import * as v from "valibot";
import { permissions, roles } from "#domain/access/permission.ts";
import type { MemberId, RoleId, TenantId } from "#domain/exam/ids.ts";
import type { Column } from "./csv.ts";
import type { CsvKind } from "./csv-rows.ts";
import { epochMs, idField, line } from "./field.ts";
import { homes } from "./institution.ts";
import { pageEntries } from "./page.ts";
import { mailLanguages } from "./mail.ts";
import { rowFaultSchema } from "./problem.ts";

const email = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.email(), v.maxLength(254));

/** `GET /v1/members`: `invited` has no password yet, `left` has gone and may be invited again. */
const memberStates = ["active", "invited", "left"] as const;

export const memberSchema = v.object({
  memberId: idField<MemberId>(),
  name: v.string(),
  email: v.string(),
  state: v.picklist(memberStates),
  roles: v.array(v.picklist(roles)),
  customRoles: v.array(v.object({ roleId: idField<RoleId>(), name: v.string() })),
});
export type Member = v.InferOutput<typeof memberSchema>;

/** `GET /v1/members` as CSV; `POST /v1/members/bulk` takes these names too. */
export const memberColumns: readonly Column<Member>[] = [
  ["member_id", ({ memberId }) => memberId, "ids"],
  ["name", ({ name }) => name],
  ["email", ({ email: address }) => address],
  ["state", ({ state }) => state],
  ["roles", ({ roles: held }) => held.join(" ")],
  ["custom_roles", ({ customRoles }) => customRoles.map(({ name }) => name).join(", ")],
  ["custom_role_ids", ({ customRoles }) => customRoles.map(({ roleId }) => roleId).join(" "), "ids"],
];

const mostMembersAtOnce = 200;

/** `may`: only who may do that now. `state`: left out, everybody but those who left. */
export const memberQuerySchema = v.object({
  may: v.optional(v.picklist(permissions)),
  state: v.optional(v.picklist(memberStates)),
  /** Who holds this role; `customRole`: this one of the institution's own making. */
  role: v.optional(v.picklist(roles)),
  customRole: v.optional(idField<RoleId>()),
  /** The whole address, in whichever case. */
  email: v.optional(email),
  /** A part of the name or of the address. */
  text: v.optional(line(100)),
  ...pageEntries<MemberId>(mostMembersAtOnce),
});
export type MemberQuery = v.InferOutput<typeof memberQuerySchema>;

/** By name. `next`: what to send as `after` for those that follow; null where these are the last. */
export const memberListSchema = v.object({ members: v.array(memberSchema), next: v.nullable(idField<MemberId>()) });

const heldRoles = {
  roles: v.pipe(v.array(v.picklist(roles)), v.maxLength(roles.length)),
  customRoleIds: v.pipe(v.array(idField<RoleId>()), v.maxLength(100)),
};

/** Whether the link is sent to the member's address too. */
export const invitationEntries = { sendByEmail: v.exactOptional(v.boolean()) };

/** `POST /v1/members/{memberId}/invitation`, with no body where it is not sent. */
export const newInvitationSchema = v.object(invitationEntries);

/** `POST /v1/members`: invites somebody. Somebody of this institution who left is a member again. */
export const newMemberSchema = v.object({ name: line(200), email, ...heldRoles });
export const invitedMemberSchema = v.object({ ...newMemberSchema.entries, ...invitationEntries });
export type NewMember = v.InferOutput<typeof newMemberSchema>;

/** How a CSV says what `POST /v1/members/bulk` takes. */
export const memberRows: CsvKind = {
  needed: ["name", "email"],
  rowOf: ({ name, email: address, roles: held = "", custom_role_ids: own = "" }) => {
    return { name, email: address, roles: wordsIn(held.toLowerCase()), customRoleIds: wordsIn(own) };
  },
};

/** Parted by blanks, or as people write it too. */
function wordsIn(cell: string): readonly string[] {
  return cell.split(/[\s,;]+/).filter((word) => word !== "");
}

/** `POST /v1/members/bulk`: each row is done or refused by itself. */
export const invitedMembersSchema = v.object({
  invited: v.array(
    v.pipe(
      v.object({
        row: v.number(),
        memberId: idField<MemberId>(),
        email: v.string(),
        link: v.string(),
        /** Whether their mail waits to be sent, or could not even be queued. Null where none was asked for. */
        mail: v.nullable(v.picklist(["queued", "failed"])),
      }),
      v.title("InvitedMember"),
    ),
  ),
  refused: v.array(rowFaultSchema),
  /** When the links of those who are invited end. */
  expiresAt: epochMs,
});
export type InvitedMembers = v.InferOutput<typeof invitedMembersSchema>;

/** `PUT /v1/members/{memberId}`. */
export const memberChangeSchema = v.object({ name: line(200), ...heldRoles });
export type MemberChange = v.InferOutput<typeof memberChangeSchema>;

/** The link is answered once, when it is made; only its hash is kept. */
export const invitationSchema = v.object({ member: memberSchema, link: v.string(), expiresAt: epochMs });
export type Invitation = v.InferOutput<typeof invitationSchema>;

const token = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));

/** `POST /v1/invitations/read`. */
export const invitationTokenSchema = v.object({ token });
export const invitedSchema = v.object({ name: v.string(), email: v.string(), tenantName: v.string() });

/** `POST /v1/invitations/accept`. What makes a password weak is answered as `weak-password`. */
export const acceptInvitationSchema = v.object({
  token,
  password: v.pipe(v.string(), v.minLength(1), v.maxLength(256)),
});

const heldPermissions = v.pipe(v.array(v.picklist(permissions)), v.minLength(1), v.maxLength(permissions.length));

/** `POST /v1/roles`. */
export const newRoleSchema = v.object({ name: line(100), permissions: heldPermissions });
export type NewRole = v.InferOutput<typeof newRoleSchema>;

/** `PUT /v1/roles/{roleId}`. `revision`: that of the role which was looked at; another one now is a conflict. */
export const roleChangeSchema = v.object({ ...newRoleSchema.entries, revision: v.pipe(v.number(), v.integer()) });
export type RoleChange = v.InferOutput<typeof roleChangeSchema>;

export const customRoleSchema = v.object({
  roleId: idField<RoleId>(),
  name: v.string(),
  permissions: v.array(v.picklist(permissions)),
  revision: v.number(),
  /** How many hold it. */
  members: v.number(),
});
export type CustomRole = v.InferOutput<typeof customRoleSchema>;
/** `GET /v1/roles`: those of the institution's own making, by name. */
export const roleListSchema = v.object({ roles: v.array(customRoleSchema) });

/** The id is the operator's to choose; it stands in names of objects and in the audit's origin. */
const tenantId = v.pipe(
  v.string(),
  v.regex(/^[a-z][a-z0-9-]{1,38}[a-z0-9]$/),
  v.transform((text) => text as TenantId),
);

/** `POST /v1/tenants`, by the operator. Sent again it changes nothing and issues a new invitation. */
export const newTenantSchema = v.object({
  id: tenantId,
  name: line(200),
  home: v.picklist(homes),
  /** What its mails are written in; left out, English. */
  language: v.exactOptional(v.picklist(mailLanguages)),
  admin: v.object({ name: line(200), email }),
});

export const tenantSchema = v.object({
  id: v.string(),
  name: v.string(),
  home: v.string(),
  jurisdiction: v.nullable(v.string()),
  createdAt: epochMs,
});
export type Tenant = v.InferOutput<typeof tenantSchema>;
/** `GET /v1/tenants`. */
export const tenantListSchema = v.object({ tenants: v.array(tenantSchema) });
export const openedTenantSchema = v.object({ tenant: tenantSchema, invitation: invitationSchema });
