import type { Role } from "#domain/access/permission.ts";

export const roleNames: Readonly<Record<Role, string>> = {
  admin: "Administrator",
  author: "Author",
  proctor: "Proctor",
  reviewer: "Reviewer",
  auditor: "Auditor",
};

/** What the role is for, in a line. */
export const roleWords: Readonly<Record<Role, string>> = {
  admin: "Runs the institution: everything but watching candidates",
  author: "Writes and publishes exams",
  proctor: "Watches the exam sessions that they are assigned to",
  reviewer: "Looks at results and evidence, and decides what is held",
  auditor: "Reads everything that was done, and changes nothing",
};
