import type { CommandShelf, PlainEntry } from "#client/session/command-shelf.ts";
import type { EntryPlace, SealedEntry } from "#client/session/sealed-entry.ts";
import type { AttemptId } from "#domain/exam/ids.ts";

/** A shelf in memory, for Node, whose disk a test can look at, alter and fill. `test/journey` has the real one. */
export function memoryShelf(plain: readonly PlainEntry[] = []) {
  let entries: readonly SealedEntry[] = [];
  let readable = plain;
  let isFull = false;
  const keys = new Map<AttemptId, { readonly key: CryptoKey; readonly openedAt: number }>();
  const receipts = new Map<AttemptId, string>();
  const history: string[] = [];

  function isAt({ attemptId, order, id }: EntryPlace) {
    return (entry: EntryPlace) => entry.attemptId === attemptId && entry.order === order && entry.id === id;
  }

  const shelf: CommandShelf = {
    async keyOf(attemptId, fresh, now) {
      const key = keys.get(attemptId)?.key ?? fresh;
      keys.set(attemptId, { key, openedAt: now });
      return key;
    },
    entriesOf: async (attemptId) =>
      entries
        .filter((entry) => entry.attemptId === attemptId)
        .toSorted((one, other) => one.order - other.order || one.id.localeCompare(other.id)),
    receiptOf: async (attemptId) => receipts.get(attemptId) ?? null,
    async write(added, removed) {
      if (isFull) throw new DOMException("full", "QuotaExceededError");
      const gone = [...added, ...removed].map(isAt);
      entries = [...entries.filter((entry) => !gone.some((is) => is(entry))), ...added];
    },
    async keepReceipt(attemptId, note) {
      receipts.set(attemptId, note);
    },
    async wipe(attemptId) {
      keys.delete(attemptId);
      entries = entries.filter((entry) => entry.attemptId !== attemptId);
      history.push(`wiped ${attemptId}`);
    },
    openedBefore: async (then) => [...keys].filter(([, { openedAt }]) => openedAt < then).map(([id]) => id),
    plainEntries: async () => readable,
    async dropPlainEntries() {
      readable = [];
    },
  };

  return {
    shelf,
    open: () => Promise.resolve(shelf),
    entries: () => entries,
    plain: () => readable,
    history,
    keyOf: (attemptId: AttemptId) => keys.get(attemptId) ?? null,
    loseKey: (attemptId: AttemptId) => void keys.delete(attemptId),
    alter: (change: (entry: SealedEntry) => SealedEntry) => void (entries = entries.map(change)),
    fill: (full: boolean) => void (isFull = full),
  };
}
