import { type DBSchema, openDB } from "idb";
import { type BrowserKey, makeKey } from "./make-proof.ts";

type Schema = DBSchema & { keys: { key: string; value: BrowserKey } };

const name = "exam";

let ours: Promise<BrowserKey> | null = null;

/** The key by which exams know this browser: one for all of them, made when the first is opened. [G70] */
export function browserKey(): Promise<BrowserKey> {
  ours ??= keptKey();
  return ours;
}

async function keptKey(): Promise<BrowserKey> {
  const fresh = await makeKey();
  try {
    const database = await openDB<Schema>("invigil-browser", 1, {
      upgrade: (created) => void created.createObjectStore("keys"),
    });
    // Asked and put in one transaction: two pages that begin at once end with one key.
    const { store, done } = database.transaction("keys", "readwrite", { durability: "strict" });
    const key = (await store.get(name)) ?? fresh;
    await Promise.all([store.put(key, name), done]);
    database.close();
    return key;
  } catch (error) {
    // A private window, or storage that is switched off or takes no keys: it is this page's alone, until it is left. [G77]
    console.error("This browser keeps no key", error);
    return fresh;
  }
}
