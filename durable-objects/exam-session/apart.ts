import type { AttemptId } from "#domain/exam/ids.ts";

/**
 * Does everything together, as one commit. When that fails, attempt by attempt, so that one that cannot be stored holds
 * up no other; `failed` is told of each that still fails. Nothing is thrown, and nothing is left half done: what is
 * tried is idempotent and all or nothing.
 */
export function togetherOrApart<Each extends { readonly attemptId: AttemptId }>(
  all: readonly Each[],
  attempt: (some: readonly Each[]) => void,
  failed: (attemptId: AttemptId, some: readonly Each[], error: unknown) => void,
): void {
  const groups = Map.groupBy(all, ({ attemptId }) => attemptId);
  for (const group of groups.size > 1 ? [all, ...groups.values()] : [all]) {
    const [first] = group;
    if (first === undefined) return;
    try {
      attempt(group);
      if (group === all) return;
    } catch (error) {
      // The transaction did not commit: a row too large, a full disk, a fault of our own in what is stored.
      if (group !== all || groups.size === 1) failed(first.attemptId, group, error);
    }
  }
}
