import type { AttemptId } from "#domain/exam/ids.ts";
import type { Entry } from "./command-queue.ts";
import { type CommandShelf, openCommandShelf } from "./command-shelf.ts";
import { type EntryPlace, makeEntryKey, openEntry, sealEntry } from "./sealed-entry.ts";

/**
 * The commands of one attempt that the session has not answered, encrypted, and its latest receipt, on this computer's
 * disk, so that they outlive the page and the browser.
 */
export type PendingCommands<Body> = {
  /** False when this browser keeps nothing: then only this page has them. */
  readonly isDurable: boolean;
  readonly restored: readonly Entry<Body>[];
  /** How many were there and could not be read: altered, moved, or without their key. They are dropped. */
  readonly unreadable: number;
  readonly receipt: string | null;
  /** What is on the disk by now, when another page of this browser has used it too; null where nothing is kept. */
  reread(): Promise<readonly Entry<Body>[] | null>;
  /** Makes the disk hold these and no others. Resolves to whether it does now. */
  keep(entries: readonly Entry<Body>[]): Promise<boolean>;
  keepReceipt(note: string): void;
  /** Nothing readable is left behind, and nothing is kept from now on. The receipt stays. */
  wipe(): void;
  /** Resolves when everything asked for so far is done. */
  written(): Promise<void>;
};

/** An attempt that no page has opened for so long is over; and a clock may be a day wrong. */
const staleAfterMs = 2 * 24 * 60 * 60 * 1000;

export async function openPendingCommands<Body>(
  attemptId: AttemptId,
  openShelf: () => Promise<CommandShelf> = openCommandShelf,
): Promise<PendingCommands<Body>> {
  try {
    const shelf = await openShelf();
    const now = Date.now();
    await sealPlainEntries(shelf, now);
    for (const stale of await shelf.openedBefore(now - staleAfterMs)) if (stale !== attemptId) await shelf.wipe(stale);
    const key = await shelf.keyOf(attemptId, await makeEntryKey(), now);
    return await durable(shelf, attemptId, key);
  } catch (error) {
    // A private window, a full disk, storage that is switched off or that takes no key, or a page of an older version.
    console.error("This browser keeps nothing on this computer", error);
    return {
      isDurable: false,
      restored: [],
      unreadable: 0,
      receipt: null,
      reread: () => Promise.resolve(null),
      keep: () => Promise.resolve(false),
      keepReceipt: () => {},
      wipe: () => {},
      written: () => Promise.resolve(),
    };
  }
}

/** What version 1 left readable is sealed once, and then gone. Breaking off in the middle loses nothing: it begins anew. */
async function sealPlainEntries(shelf: CommandShelf, now: number): Promise<void> {
  const plain = await shelf.plainEntries();
  for (const attemptId of new Set(plain.map((entry) => entry.attemptId))) {
    const key = await shelf.keyOf(attemptId, await makeEntryKey(), now);
    const mine = plain.filter((entry) => entry.attemptId === attemptId);
    await shelf.write(await Promise.all(mine.map((entry) => sealEntry(key, entry, entry))), []);
  }
  if (plain.length > 0) await shelf.dropPlainEntries();
}

async function durable<Body>(
  shelf: CommandShelf,
  attemptId: AttemptId,
  key: CryptoKey,
): Promise<PendingCommands<Body>> {
  const onDisk = new Map<string, EntryPlace>();
  let lastOrder = 0;
  const { restored, unreadable } = await readDisk();
  const receipt = await shelf.receiptOf(attemptId);
  let wanted: readonly Entry<Body>[] = restored;
  let isWiped = false;
  let writing: Promise<boolean> = Promise.resolve(true);

  async function readDisk() {
    const found = await shelf.entriesOf(attemptId);
    const opened = await Promise.all(found.map((sealed) => openEntry<Body>(key, sealed)));
    const damaged = found.filter((_sealed, index) => opened[index] === null);
    if (damaged.length > 0) await shelf.write([], damaged);
    onDisk.clear();
    for (const { order, id } of found.filter((sealed) => !damaged.includes(sealed))) {
      onDisk.set(id, { attemptId, order, id });
    }
    lastOrder = Math.max(lastOrder, found.at(-1)?.order ?? 0);
    return { restored: opened.filter((entry) => entry !== null), unreadable: damaged.length };
  }

  function write(change: () => Promise<void>): Promise<boolean> {
    writing = writing.then(change).then(
      () => true,
      (error: unknown) => {
        // The disk is full, or the browser took its storage away. The page still has it all, and sends it.
        console.error("Nothing could be written on this computer", error);
        return false;
      },
    );
    return writing;
  }

  /** What did not work before is in it again, and what was answered in the meantime never gets to the disk. */
  async function holdWanted(): Promise<void> {
    if (isWiped) return;
    const ids = new Set(wanted.map(({ id }) => id));
    const removed = [...onDisk.values()].filter(({ id }) => !ids.has(id));
    const sealed = await Promise.all(
      wanted
        .filter(({ id }) => !onDisk.has(id))
        .map((entry) => sealEntry(key, { attemptId, order: ++lastOrder, id: entry.id }, entry)),
    );
    if (sealed.length === 0 && removed.length === 0) return;
    await shelf.write(sealed, removed);
    for (const { id } of removed) onDisk.delete(id);
    for (const { order, id } of sealed) onDisk.set(id, { attemptId, order, id });
  }

  return {
    isDurable: true,
    restored,
    unreadable,
    receipt,
    async reread() {
      let found: readonly Entry<Body>[] | null = null;
      await write(async () => {
        if (!isWiped) found = (await readDisk()).restored;
      });
      return found;
    },
    keep(entries) {
      wanted = entries;
      return write(holdWanted);
    },
    keepReceipt: (note) => void write(() => shelf.keepReceipt(attemptId, note)),
    wipe() {
      if (isWiped) return;
      isWiped = true;
      void write(() => shelf.wipe(attemptId));
    },
    written: async () => void (await writing),
  };
}
