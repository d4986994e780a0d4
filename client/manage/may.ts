import type { Role } from "#protocol/http/sign-in.ts";

export type Act =
  | "read-exams"
  | "write-exams"
  | "read-sittings"
  | "run-sittings"
  | "review"
  | "decide"
  | "proctor"
  | "read-audit";

/** The API's own rules, so that the page offers nothing that would be refused. The API decides. */
const allowed: Readonly<Record<Act, readonly Role[]>> = {
  "read-exams": ["admin", "author", "auditor"],
  "write-exams": ["admin", "author"],
  "read-sittings": ["admin", "reviewer", "auditor"],
  "run-sittings": ["admin"],
  review: ["admin", "reviewer", "auditor"],
  decide: ["admin", "reviewer"],
  proctor: ["proctor"],
  "read-audit": ["admin", "auditor"],
};

export function may(roles: readonly Role[], act: Act): boolean {
  return roles.some((role) => allowed[act].includes(role));
}
