import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { Entry } from "./command-queue.ts";
import type { EntryPlace, SealedEntry } from "./sealed-entry.ts";

/** `openedAt`: when a page last began with it, by this computer's clock. */
type KeptKey = { readonly key: CryptoKey; readonly openedAt: number };

/** A command as version 1 of the database had it: readable by whoever opens the disk. */
export type PlainEntry = Entry<unknown> & EntryPlace;

/** Where sealed commands, their keys and receipts lie: this computer's disk. What it cannot do, rejects. */
export type CommandShelf = {
  /** The attempt's key; `fresh` becomes it where there is none. */
  keyOf(attemptId: AttemptId, fresh: CryptoKey, now: number): Promise<CryptoKey>;
  /** In the order in which they were made. */
  entriesOf(attemptId: AttemptId): Promise<readonly SealedEntry[]>;
  receiptOf(attemptId: AttemptId): Promise<string | null>;
  /** All of it or nothing. Resolves when it survives a killed browser. */
  write(added: readonly SealedEntry[], removed: readonly EntryPlace[]): Promise<void>;
  keepReceipt(attemptId: AttemptId, note: string): Promise<void>;
  /** The key goes first: from then on what is left says nothing. The receipt is no secret, and stays. */
  wipe(attemptId: AttemptId): Promise<void>;
  /** The attempts whose key was last asked for before then. */
  openedBefore(then: number): Promise<readonly AttemptId[]>;
  plainEntries(): Promise<readonly PlainEntry[]>;
  dropPlainEntries(): Promise<void>;
};

type Key = [AttemptId, number, string];

type Schema = DBSchema & {
  commands: { key: Key; value: PlainEntry };
  receipts: { key: AttemptId; value: string };
  entries: { key: Key; value: SealedEntry };
  keys: { key: AttemptId; value: KeptKey };
};

const strict = { durability: "strict" } as const;

export async function openCommandShelf(): Promise<CommandShelf> {
  return shelfIn(await openDatabase());
}

/** Rejects where a page of an older version keeps the old database open: the exam does not wait for it. */
function openDatabase(): Promise<IDBPDatabase<Schema>> {
  return new Promise((resolve, reject) => {
    const opening = openDB<Schema>("invigil-take-exam", 2, {
      upgrade(database, oldVersion) {
        if (oldVersion < 1) database.createObjectStore("receipts");
        database.createObjectStore("entries", { keyPath: ["attemptId", "order", "id"] });
        database.createObjectStore("keys");
      },
      blocked: () => reject(new Error("an older page has the database open")),
      blocking: (_current, _wanted, event) => (event.target as IDBDatabase).close(),
    });
    opening.then(resolve, reject);
  });
}

function shelfIn(database: IDBPDatabase<Schema>): CommandShelf {
  const hasPlain = database.objectStoreNames.contains("commands");
  return {
    async keyOf(attemptId, fresh, now) {
      // Asked and put in one transaction: two pages that begin at once end with one key.
      const { store, done } = database.transaction("keys", "readwrite", strict);
      const key = (await store.get(attemptId))?.key ?? fresh;
      await Promise.all([store.put({ key, openedAt: now }, attemptId), done]);
      return key;
    },
    entriesOf: (attemptId) => database.getAll("entries", ofAttempt(attemptId)),
    receiptOf: async (attemptId) => (await database.get("receipts", attemptId)) ?? null,
    async write(added, removed) {
      const { store, done } = database.transaction("entries", "readwrite", strict);
      await Promise.all([
        ...added.map((entry) => store.put(entry)),
        ...removed.map(({ attemptId, order, id }) => store.delete([attemptId, order, id])),
        done,
      ]);
    },
    async keepReceipt(attemptId, note) {
      await database.put("receipts", note, attemptId);
    },
    async wipe(attemptId) {
      const { store, done } = database.transaction("keys", "readwrite", strict);
      await Promise.all([store.delete(attemptId), done]);
      await database.delete("entries", ofAttempt(attemptId));
    },
    async openedBefore(then) {
      const { store } = database.transaction("keys");
      const [ids, keys] = await Promise.all([store.getAllKeys(), store.getAll()]);
      return ids.filter((_id, index) => (keys[index]?.openedAt ?? then) < then);
    },
    plainEntries: async () => (hasPlain ? database.getAll("commands") : []),
    async dropPlainEntries() {
      if (hasPlain) await database.clear("commands");
    },
  };
}

/** IndexedDB sorts an array behind every number and string. */
function ofAttempt(attemptId: AttemptId): IDBKeyRange {
  return IDBKeyRange.bound([attemptId], [attemptId, []]);
}
