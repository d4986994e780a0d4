import type { DataClass } from "#domain/retention/data-class.ts";

/** How long something is kept that no period of an institution is for. */
export const otherKeepings = {
  institution: "as long as the institution is served",
  member: "as long as the member's account; the name stays with what they did",
  hours: "until it has ended, been used or been told: hours, of a sign-in a day",
  weeks: "30 days",
  proof: "for ever: it proves that nothing was changed, and nobody can tell from it what it was made of",
} as const;
export type Kept = DataClass | keyof typeof otherKeepings;

/** What some columns, a table or a kind of object is there for. `isPersonal`: it says something about a person who can be told. */
export type Declared = {
  readonly holds: string;
  readonly isPersonal: boolean;
  readonly purpose: string;
  readonly kept: Kept;
};

export type DeclaredColumns = Declared & { readonly table: string; readonly columns: readonly string[] };

/** `columns`: names, with a space between. */
export function about(holds: string, kept: Kept, purpose: string, table: string, columns: string): DeclaredColumns {
  return { holds, isPersonal: true, purpose, kept, table, columns: columns.split(" ") };
}

/** The same of what is about nobody. */
export function plain(holds: string, kept: Kept, purpose: string, table: string, columns: string): DeclaredColumns {
  return { ...about(holds, kept, purpose, table, columns), isPersonal: false };
}
