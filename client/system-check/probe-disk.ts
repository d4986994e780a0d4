import { type AttemptId, brand } from "#domain/exam/ids.ts";
import { openSegmentSpool } from "../media/segment-spool.ts";

/** No attempt has this id: no id is made with a dot. */
const nobody = brand<AttemptId>("system.check");
const place = { track: "camera", run: 0, index: 0 } as const;

/** Bytes that this page may still keep; null where the browser does not tell. Throws when what was kept does not come back. */
export async function probeDisk(): Promise<number | null> {
  // What the exam keeps its recording in until it is sent.
  const spool = await openSegmentSpool();
  const content = crypto.getRandomValues(new Uint8Array(1024));
  const segment = { ...place, sha256: "0".repeat(64), bytes: content.byteLength, startsAt: 0, endsAt: 1 };
  await spool.put(nobody, segment, content.buffer);
  const read = await spool.content(nobody, place);
  await spool.remove(nobody, place);
  if (read === null || new Uint8Array(read).some((byte, at) => byte !== content[at]))
    throw new Error("not what was kept");
  const storage: Partial<StorageManager> | undefined = navigator.storage;
  const { quota, usage } = (await storage?.estimate?.()) ?? {};
  return quota === undefined ? null : quota - (usage ?? 0);
}
