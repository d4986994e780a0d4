import { type Permission, permissions } from "./permission.ts";

/**
 * Which of these permissions somebody may not give, because they do not have them: nobody gives more than their own. Who
 * schedules may give `proctor`, which opens nothing by itself: who watches which session is said by them anyway. [G105]
 */
export function beyondOwn(own: readonly Permission[], given: readonly Permission[]): readonly Permission[] {
  const mayGive = (permission: Permission) =>
    own.includes(permission) || (permission === "proctor" && own.includes("schedule"));
  return permissions.filter((permission) => given.includes(permission) && !mayGive(permission));
}

/** The same of what somebody gets who has `before` already: to leave it to them is to give nothing. */
export function newBeyondOwn(
  own: readonly Permission[],
  before: readonly Permission[],
  after: readonly Permission[],
): readonly Permission[] {
  return beyondOwn(
    own,
    after.filter((permission) => !before.includes(permission)),
  );
}
