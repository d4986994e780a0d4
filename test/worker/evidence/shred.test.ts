import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { type AttemptId, brand, type TenantId } from "#domain/exam/ids.ts";
import { type MediaClass, mediaClasses } from "#domain/retention/data-class.ts";
import { attemptKey, folderOf, keyObjectOf } from "#worker/evidence/attempt-key.ts";
import { encrypt } from "#worker/evidence/encryption.ts";
import { pictureObjectOf } from "#worker/evidence/picture-object.ts";
import { objectOf } from "#worker/evidence/recording-store.ts";
import { sealedObjects } from "#worker/evidence/sealed-objects.ts";
import { shred } from "#worker/evidence/shred.ts";
import { sha256Hex } from "#worker/sha256-hex.ts";
import { settings } from "../watched-room.ts";
import { isNever } from "../ended-exam.ts";

const bucket = env.RECORDINGS;
const objects = sealedObjects(bucket, settings.recordingKey);
const bytes = new TextEncoder().encode("four seconds");
const sha256 = await sha256Hex(bytes);
const ada = { tenantId: brand<TenantId>("north"), attemptId: brand<AttemptId>("ada") };
const grace = { ...ada, attemptId: brand<AttemptId>("grace") };

function namesOf(recording: typeof ada): Readonly<Record<MediaClass, readonly string[]>> {
  return {
    recordings: [
      objectOf(recording, { track: "camera", run: 0, index: 0 }),
      objectOf(recording, { track: "screen", run: 1, index: 2 }),
    ],
    snapshots: [pictureObjectOf(recording, { violation: 3, source: "camera", sha256 })],
    identity: [pictureObjectOf(recording, { capture: "face", sha256 })],
  };
}

async function keepAll(recording: typeof ada): Promise<void> {
  for (const name of Object.values(namesOf(recording)).flat())
    await objects.keep(recording, name, bytes, sha256, isNever);
}

async function statesOf(recording: typeof ada, of: MediaClass) {
  const found = await Promise.all(namesOf(recording)[of].map((name) => objects.read(recording, name, sha256)));
  return [...new Set(found.map(({ state }) => state))];
}

/** Everything of the attempt but its keys, as a copy of the bucket would have it. */
async function copyOf(recording: typeof ada) {
  const { objects: listed } = await bucket.list({ prefix: folderOf(recording) });
  const kept = listed.filter(({ key }) => !key.endsWith("/key"));
  return Promise.all(kept.map(async ({ key }) => ({ key, stored: await (await bucket.get(key))!.arrayBuffer() })));
}

it.each(mediaClasses)("[D5] %s are gone for good alone, also when a copy of the objects comes back", async (of) => {
  for (const each of [ada, grace]) await keepAll(each);
  const copy = await copyOf(ada);
  expect(await shred(bucket, ada, of)).toBe(namesOf(ada)[of].length);
  expect(await statesOf(ada, of)).toEqual(["missing"]);
  for (const { key, stored } of copy) await bucket.put(key, stored);
  expect(await statesOf(ada, of)).toEqual(["missing"]);
  for (const other of mediaClasses.filter((each) => each !== of))
    expect(await statesOf(ada, other)).toEqual(["intact"]);
  for (const each of mediaClasses) expect(await statesOf(grace, each)).toEqual(["intact"]);
});

it("[D5] a run that was cut off after the key does the rest when it is asked again", async () => {
  await keepAll(ada);
  let left = 1;
  const dying = Object.assign(Object.create(bucket), {
    list: (options: R2ListOptions) => bucket.list(options),
    head: (name: string) => bucket.head(name),
    delete: async (names: string | string[]) => {
      if (left === 0) throw new Error("killed");
      left -= 1;
      await bucket.delete(names);
    },
  }) as R2Bucket;
  await expect(shred(dying, ada, "recordings")).rejects.toThrow("killed");
  expect(await bucket.head(keyObjectOf(ada, "recordings"))).toBeNull();
  expect((await copyOf(ada)).length).toBe(4);
  expect(await shred(bucket, ada, "recordings")).toBe(2);
  expect(await shred(bucket, ada, "recordings")).toBe(0);
  expect(await statesOf(ada, "snapshots")).toEqual(["intact"]);
});

it("[D5] attempts from before, with one key for all, lose it with the last class that lies under it", async () => {
  await keepAll(ada);
  // As it was: every object under the recording's key.
  for (const of of ["snapshots", "identity"] as const) {
    const [name = ""] = namesOf(ada)[of];
    await bucket.delete(keyObjectOf(ada, of));
    await bucket.delete(name);
    await underRecordingKey(name);
    expect(await statesOf(ada, of)).toEqual(["intact"]);
  }
  const copy = await copyOf(ada);
  await shred(bucket, ada, "recordings");
  expect(await statesOf(ada, "recordings")).toEqual(["missing"]);
  expect(await statesOf(ada, "snapshots")).toEqual(["intact"]);
  await shred(bucket, ada, "identity");
  expect(await statesOf(ada, "snapshots")).toEqual(["intact"]);
  await shred(bucket, ada, "snapshots");
  expect((await bucket.list({ prefix: folderOf(ada) })).objects).toEqual([]);
  for (const { key, stored } of copy) await bucket.put(key, stored);
  for (const of of mediaClasses) expect(await statesOf(ada, of)).toEqual(["missing"]);
});

async function underRecordingKey(name: string): Promise<void> {
  const key = await attemptKey(bucket, settings.recordingKey, ada, "recordings", isNever);
  await bucket.put(name, await encrypt(key!, bytes, name));
}
