import type { Page } from "@playwright/test";

/** What a stranger reads who opens the candidate's disk: how many records and keys, and every byte and word of them. */
export type CommandDisk = {
  readonly entries: number;
  readonly keys: readonly { readonly extractable: boolean }[];
  readonly receipts: number;
  /** Records of the version before, which were not encrypted. */
  readonly readable: number;
  readonly text: string;
};

export function commandDisk(page: Page): Promise<CommandDisk> {
  return page.evaluate(async () => {
    function result<Value>(request: IDBRequest<Value>): Promise<Value> {
      return new Promise((resolve, reject) => {
        request.addEventListener("success", () => resolve(request.result));
        request.addEventListener("error", () => reject(request.error));
      });
    }
    const database = await result(indexedDB.open("invigil-take-exam"));
    const transaction = database.transaction(["entries", "keys", "receipts"]);
    const entries = await result(transaction.objectStore("entries").getAll() as IDBRequest<Record<string, unknown>[]>);
    const keys = await result(transaction.objectStore("keys").getAll() as IDBRequest<{ key: CryptoKey }[]>);
    const receipts = await result(transaction.objectStore("receipts").count());
    const hasPlain = database.objectStoreNames.contains("commands");
    const readable = hasPlain ? await result(database.transaction("commands").objectStore("commands").count()) : 0;
    database.close();
    const decoder = new TextDecoder("latin1");
    const text = entries
      .flatMap((entry) => Object.values(entry))
      .map((value) =>
        value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? decoder.decode(value) : JSON.stringify(value),
      )
      .join("\n");
    return {
      entries: entries.length,
      keys: keys.map(({ key }) => ({ extractable: key.extractable })),
      receipts,
      readable,
      text,
    };
  });
}
