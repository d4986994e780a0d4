import { useCallback, useEffect, useRef, useState } from "react";
import type { AttemptId } from "#domain/exam/ids.ts";

/** Who is chosen, and who was chosen last: from there a range goes on. Null: nobody is being chosen. */
export type Choosing = { readonly chosen: ReadonlySet<AttemptId>; readonly last: AttemptId | null } | null;

/**
 * After a candidate was picked. Picked alone, it is chosen or chosen no more; with a range, everybody between the last
 * one and this one is chosen, in the order shown.
 */
export function choosingAfter(
  before: Choosing,
  attemptId: AttemptId,
  isRange: boolean,
  order: readonly AttemptId[],
): NonNullable<Choosing> {
  const chosen = new Set(before?.chosen);
  const from = before === null || before.last === null ? -1 : order.indexOf(before.last);
  const to = order.indexOf(attemptId);
  if (isRange && from !== -1 && to !== -1) {
    for (const id of order.slice(Math.min(from, to), Math.max(from, to) + 1)) chosen.add(id);
  } else if (!chosen.delete(attemptId)) {
    chosen.add(attemptId);
  }
  return { chosen, last: attemptId };
}

/** Lets tiles be chosen. `onPick` opens a candidate, or chooses one while that goes on; with Shift it begins to. */
export function useChoosing(order: readonly AttemptId[], onOpen: (attemptId: AttemptId) => void) {
  const [choosing, setChoosing] = useState<Choosing>(null);
  const isChoosing = choosing !== null;
  const shown = useRef(order);
  useEffect(() => {
    shown.current = order;
  }, [order]);
  const onPick = useCallback(
    (attemptId: AttemptId, isRange: boolean) => {
      if (!isChoosing && !isRange) return onOpen(attemptId);
      setChoosing((before) => choosingAfter(before, attemptId, isRange, shown.current));
    },
    [isChoosing, onOpen],
  );
  return { choosing, setChoosing, onPick };
}
