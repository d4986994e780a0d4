import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Entry } from "#client/session/command-queue.ts";
import { openPendingCommands } from "#client/session/pending-commands.ts";
import type { SealedEntry } from "#client/session/sealed-entry.ts";
import { type AttemptId, brand } from "#domain/exam/ids.ts";
import { memoryShelf } from "#test/support/memory-shelf.ts";

const ada = brand<AttemptId>("ada");
const grace = brand<AttemptId>("grace");
const day = 24 * 60 * 60 * 1000;
const one: Entry<string> = { id: "1", at: 940_000, body: "the first answer" };
const two: Entry<string> = { id: "2", at: null, body: "the second answer" };
const three: Entry<string> = { id: "3", at: 941_000, body: "the third answer" };

/** A disk on which an earlier page of Ada's left these. */
async function leftBehind(...entries: readonly Entry<string>[]) {
  const disk = memoryShelf();
  const page = await openPendingCommands<string>(ada, disk.open);
  expect(await page.keep(entries)).toBe(true);
  return disk;
}

beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
afterEach(() => void vi.restoreAllMocks());

describe("commands on this computer's disk", () => {
  it("come back to the next page as they were made, in their order", async () => {
    const disk = await leftBehind(three, one);
    const page = await openPendingCommands<string>(ada, disk.open);
    expect(page.restored).toEqual([three, one]);
    expect(page.unreadable).toBe(0);
    await page.keep([three, one, two]);
    expect((await openPendingCommands<string>(ada, disk.open)).restored).toEqual([three, one, two]);
  });

  it("go when they are answered", async () => {
    const disk = await leftBehind(one, two);
    const page = await openPendingCommands<string>(ada, disk.open);
    await page.keep([two]);
    expect(disk.entries().map(({ id }) => id)).toEqual(["2"]);
  });

  it("are of one attempt: another one's page sees none of them", async () => {
    const disk = await leftBehind(one);
    expect((await openPendingCommands<string>(grace, disk.open)).restored).toEqual([]);
    expect((await openPendingCommands<string>(ada, disk.open)).restored).toEqual([one]);
  });

  it("cannot be read there, and neither can the key be taken out", async () => {
    const disk = await leftBehind(one);
    const [entry] = disk.entries();
    const text = new TextDecoder("latin1").decode(entry!.sealed);
    expect(text).not.toContain("answer");
    expect(JSON.stringify(entry)).not.toContain("answer");
    const { key } = disk.keyOf(ada)!;
    expect(key).toMatchObject({ extractable: false, algorithm: { name: "AES-GCM", length: 256 } });
    await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
  });

  it("have a nonce of 96 bits each, and one of their own", async () => {
    const disk = await leftBehind(one, two, three);
    const nonces = disk.entries().map(({ nonce }) => Buffer.from(nonce).toString("hex"));
    expect(nonces.map((hex) => hex.length * 4)).toEqual([96, 96, 96]);
    expect(new Set(nonces).size).toBe(3);
  });
});

describe("a record that is not what this page wrote", () => {
  function flip(bytes: ArrayBuffer): ArrayBuffer {
    const changed = new Uint8Array(bytes.slice());
    changed[0] = (changed[0] ?? 0) ^ 1;
    return changed.buffer;
  }
  const others: readonly (readonly [string, (entry: SealedEntry) => SealedEntry])[] = [
    ["altered", (entry) => ({ ...entry, sealed: flip(entry.sealed) })],
    ["under another nonce", (entry) => ({ ...entry, nonce: new Uint8Array(12) })],
    ["moved to another place in the order", (entry) => ({ ...entry, order: entry.order + 100 })],
    ["under another id", (entry) => ({ ...entry, id: `${entry.id}0` })],
    ["no record at all", ({ attemptId, order, id }) => ({ attemptId, order, id }) as SealedEntry],
  ];

  it.each(others)("%s, is counted and dropped, and the others come back", async (_how, change) => {
    const disk = await leftBehind(one, two);
    disk.alter((entry) => (entry.id === "1" ? change(entry) : entry));
    const page = await openPendingCommands<string>(ada, disk.open);
    expect(page.restored).toEqual([two]);
    expect(page.unreadable).toBe(1);
    expect(disk.entries().map(({ id }) => id)).toEqual(["2"]);
  });

  it("of another attempt, is dropped", async () => {
    const disk = await leftBehind(one);
    disk.alter((entry) => ({ ...entry, attemptId: grace }));
    expect(await openPendingCommands<string>(grace, disk.open)).toMatchObject({ restored: [], unreadable: 1 });
  });

  it("because the key is gone, is dropped", async () => {
    const disk = await leftBehind(one);
    disk.loseKey(ada);
    expect(await openPendingCommands<string>(ada, disk.open)).toMatchObject({ restored: [], unreadable: 1 });
  });
});

describe("wiping", () => {
  it("leaves neither key nor records, takes nothing more, and keeps the receipt", async () => {
    const disk = await leftBehind(one);
    const page = await openPendingCommands<string>(ada, disk.open);
    page.keepReceipt("a receipt");
    page.wipe();
    expect(await page.keep([one, two])).toBe(true);
    expect(disk.keyOf(ada)).toBeNull();
    expect(disk.entries()).toEqual([]);
    expect((await openPendingCommands<string>(ada, disk.open)).receipt).toBe("a receipt");
  });

  it("befalls attempts that nobody opened for two days, when another one opens", async () => {
    const disk = await leftBehind(one);
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 2 * day - 60_000);
    await openPendingCommands<string>(grace, disk.open);
    expect(disk.entries()).toHaveLength(1);
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 61_000);
    await openPendingCommands<string>(grace, disk.open);
    expect(disk.entries()).toEqual([]);
    expect(disk.keyOf(ada)).toBeNull();
  });

  it("does not befall the attempt that is opened, however old", async () => {
    const disk = await leftBehind(one);
    vi.spyOn(Date, "now").mockReturnValue(Date.now() + 30 * day);
    expect((await openPendingCommands<string>(ada, disk.open)).restored).toEqual([one]);
  });
});

describe("what version 1 left readable", () => {
  const plain = [
    { ...one, attemptId: ada, order: 1 },
    { ...two, attemptId: ada, order: 2 },
    { ...three, attemptId: grace, order: 1 },
  ];

  it("is sealed once, for each attempt, and then gone", async () => {
    const disk = memoryShelf(plain);
    expect((await openPendingCommands<string>(ada, disk.open)).restored).toEqual([one, two]);
    expect(disk.plain()).toEqual([]);
    expect((await openPendingCommands<string>(grace, disk.open)).restored).toEqual([three]);
    expect((await openPendingCommands<string>(ada, disk.open)).restored).toEqual([one, two]);
  });

  it("stays where it is when it could not be sealed", async () => {
    const disk = memoryShelf(plain);
    disk.fill(true);
    expect((await openPendingCommands<string>(ada, disk.open)).isDurable).toBe(false);
    expect(disk.plain()).toEqual(plain);
    disk.fill(false);
    expect((await openPendingCommands<string>(ada, disk.open)).restored).toEqual([one, two]);
  });
});

describe("a browser that keeps nothing", () => {
  it("is told of, and does not stop the exam", async () => {
    // Node has no IndexedDB, which is how a browser behaves that refuses it.
    const pending = await openPendingCommands<string>(ada);
    expect(pending).toMatchObject({ isDurable: false, restored: [], receipt: null });
    expect(await pending.keep([one])).toBe(false);
    pending.keepReceipt("a receipt");
    pending.wipe();
    await pending.written();
  });

  it("because it takes no key, is told of too", async () => {
    const { shelf } = memoryShelf();
    const keyOf = () => Promise.reject(new DOMException("no", "DataCloneError"));
    const pending = await openPendingCommands<string>(ada, () => Promise.resolve({ ...shelf, keyOf }));
    expect(pending.isDurable).toBe(false);
  });

  it("because it is full just now, says so, and holds everything when it has room again", async () => {
    const disk = await leftBehind(one);
    const page = await openPendingCommands<string>(ada, disk.open);
    disk.fill(true);
    expect(await page.keep([one, two])).toBe(false);
    disk.fill(false);
    expect(await page.keep([one, two, three])).toBe(true);
    expect((await openPendingCommands<string>(ada, disk.open)).restored).toEqual([one, two, three]);
  });
});
