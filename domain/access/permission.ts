/** What a member of an institution may be allowed to do. Stored in custom roles: one may be added, never renamed. */
export const permissions = [
  "read-exams",
  "write-exams",
  "read-sittings",
  "schedule",
  "read-accommodations",
  "proctor",
  "read-results",
  "view-evidence",
  "decide-reviews",
  "read-audit",
  "read-members",
  "manage-members",
  "manage-sign-in",
  "manage-keys",
  "manage-webhooks",
  "see-billing",
  "manage-billing",
  "manage-retention",
  "manage-institution",
] as const;
export type Permission = (typeof permissions)[number];

/** In one line for those who give it. */
export const permissionWords: Readonly<Record<Permission, string>> = {
  "read-exams": "See exams: drafts and published versions",
  "write-exams": "Write exams and their items, and publish them",
  "read-sittings": "See sittings: their times, rooms and candidates",
  schedule: "Schedule sittings, add candidates, issue links, ask for accommodations, assign proctors",
  "read-accommodations": "See the accommodations of candidates",
  proctor: "Watch, and step in, in the exam sessions that they are assigned to",
  "read-results": "See results, and the record of an attempt",
  "view-evidence": "Open recordings and pictures of an attempt",
  "decide-reviews": "Hold an attempt for review, and decide it",
  "read-audit": "Read, search and export the audit",
  "read-members": "See who is a member, and what they may do",
  "manage-members": "Invite and remove members, and give them what one may do oneself",
  "manage-sign-in": "Set how members sign in; with all of these, also by which provider of the institution's own",
  "manage-keys": "Make and revoke keys for the API",
  "manage-webhooks": "Set who is told of events, and send again what failed",
  "see-billing": "See the ledger",
  "manage-billing": "Refund attempts",
  "manage-retention": "Set how long things are kept, hold them, erase a person's data",
  "manage-institution": "Set the language of what is sent",
};

export const roles = ["admin", "author", "proctor", "reviewer", "auditor"] as const;
export type Role = (typeof roles)[number];

/** What comes with each of the roles that every institution has. */
export const presets: Readonly<Record<Role, readonly Permission[]>> = {
  admin: permissions.filter((permission) => permission !== "proctor"),
  author: ["read-exams", "write-exams"],
  proctor: ["proctor"],
  reviewer: ["read-sittings", "read-results", "view-evidence", "decide-reviews"],
  auditor: [
    "read-exams",
    "read-sittings",
    "read-accommodations",
    "read-results",
    "read-audit",
    "read-members",
    "see-billing",
  ],
};

/** Everything that these roles allow together, in the order of `permissions`; `custom`: what each custom role holds. */
export function permissionsOf(
  held: readonly Role[],
  custom: readonly (readonly Permission[])[],
): readonly Permission[] {
  const all = new Set([...held.flatMap((role) => presets[role]), ...custom.flat()]);
  return permissions.filter((permission) => all.has(permission));
}

/** Who asks. That the thing asked for is of their institution is for the readers of the database: they find no other. */
export type AccessActor = { readonly permissions: readonly Permission[] };

/** What is asked for, where that decides: an exam session is watched by those who are assigned to it. */
export type AccessSubject = { readonly isAssigned: boolean };

/** The one question of access: may this member do that, and to this? [K1] [K2] */
export function can(actor: AccessActor, action: Permission, subject: AccessSubject | null = null): boolean {
  return actor.permissions.includes(action) && (subject === null || action !== "proctor" || subject.isAssigned);
}
