import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { AttemptId } from "#domain/exam/ids.ts";
import type { Entry } from "./command-queue.ts";

/** `order` keeps commands in the order in which they were made, across pages. */
type Kept<Body> = Entry<Body> & { readonly attemptId: AttemptId; readonly order: number };

type Shelf<Body> = DBSchema & {
  commands: { key: [AttemptId, number, string]; value: Kept<Body> };
  receipts: { key: AttemptId; value: string };
};

/**
 * The commands of one attempt that the session has not answered, and its latest receipt, on this computer's disk, so
 * that they outlive the page and the browser.
 */
export type PendingCommands<Body> = {
  /** False when this browser keeps nothing: then only this page has them. */
  readonly isDurable: boolean;
  readonly restored: readonly Entry<Body>[];
  readonly receipt: string | null;
  /** Makes the disk hold these and no others. */
  keep(entries: readonly Entry<Body>[]): void;
  keepReceipt(note: string): void;
  /** Resolves when everything asked for so far is on the disk. */
  written(): Promise<void>;
};

export async function openPendingCommands<Body>(attemptId: AttemptId): Promise<PendingCommands<Body>> {
  try {
    const database = await openShelf<Body>();
    const kept = await database.getAll("commands", ofAttempt(attemptId));
    const receipt = (await database.get("receipts", attemptId)) ?? null;
    return durable(database, attemptId, kept, receipt);
  } catch {
    // A private window, a full disk, or storage that is switched off: IndexedDB refuses to open.
    return {
      isDurable: false,
      restored: [],
      receipt: null,
      keep: () => {},
      keepReceipt: () => {},
      written: () => Promise.resolve(),
    };
  }
}

function openShelf<Body>(): Promise<IDBPDatabase<Shelf<Body>>> {
  return openDB<Shelf<Body>>("invigil-take-exam", 1, {
    upgrade(database) {
      database.createObjectStore("commands", { keyPath: ["attemptId", "order", "id"] });
      database.createObjectStore("receipts");
    },
  });
}

function ofAttempt(attemptId: AttemptId): IDBKeyRange {
  return IDBKeyRange.bound([attemptId], [attemptId, []]);
}

function durable<Body>(
  database: IDBPDatabase<Shelf<Body>>,
  attemptId: AttemptId,
  kept: readonly Kept<Body>[],
  receipt: string | null,
): PendingCommands<Body> {
  const orders = new Map(kept.map(({ id, order }) => [id, order]));
  let lastOrder = kept.at(-1)?.order ?? 0;
  let writing: Promise<void> = Promise.resolve();

  function write(change: () => Promise<void>): void {
    writing = writing.then(change).catch((error: unknown) => {
      // The disk is full, or the browser took its storage away. The page still has it all, and sends it.
      console.error("A command could not be kept on this computer", error);
    });
  }

  return {
    isDurable: true,
    restored: kept.map(({ id, at, body }) => ({ id, at, body })),
    receipt,
    keep(entries) {
      const wanted = new Set(entries.map(({ id }) => id));
      const added = entries.filter(({ id }) => !orders.has(id));
      const removed = [...orders].filter(([id]) => !wanted.has(id));
      if (added.length === 0 && removed.length === 0) return;
      for (const { id } of added) orders.set(id, ++lastOrder);
      const puts = added.map((entry) => ({ ...entry, attemptId, order: orders.get(entry.id) ?? lastOrder }));
      for (const [id] of removed) orders.delete(id);
      write(async () => {
        // Strict: what was acknowledged by the disk survives a killed browser.
        const transaction = database.transaction("commands", "readwrite", { durability: "strict" });
        await Promise.all([
          ...puts.map((entry) => transaction.store.put(entry)),
          ...removed.map(([id, order]) => transaction.store.delete([attemptId, order, id])),
          transaction.done,
        ]);
      });
    },
    keepReceipt(note) {
      write(async () => {
        await database.put("receipts", note, attemptId);
      });
    },
    written: () => writing,
  };
}
