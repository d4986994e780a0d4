import { describe, expect, it } from "vitest";
import {
  decrypt,
  encrypt,
  encryptionOverheadBytes,
  newWrappedKey,
  tenantKey,
  unwrapKey,
} from "#worker/evidence/encryption.ts";

const recordingKey = new Uint8Array(32).fill(7);
const plain = new TextEncoder().encode("four seconds");

async function keyFor(boundTo: string) {
  const tenant = await tenantKey(recordingKey, "tenant-a");
  const wrapped = await newWrappedKey(tenant, boundTo);
  const key = await unwrapKey(tenant, wrapped, boundTo);
  if (!key.ok) throw new Error(key.fault);
  return { tenant, wrapped, key: key.value };
}

describe("a recording opens with its own key, in its own place, and unchanged", () => {
  it("gives back what was encrypted", async () => {
    const { key } = await keyFor("a/b/key");
    const encrypted = await encrypt(key, plain, "a/b/camera/0/0");
    expect(encrypted.byteLength).toBe(plain.byteLength + encryptionOverheadBytes);
    expect(await decrypt(key, encrypted, "a/b/camera/0/0")).toEqual({ ok: true, value: plain });
  });

  it("never uses an initialisation vector twice, nor makes the same key twice", async () => {
    const { key, tenant } = await keyFor("a/b/key");
    const sealed = await Promise.all(Array.from({ length: 200 }, () => encrypt(key, plain, "x")));
    const vectors = new Set(sealed.map((bytes) => bytes.subarray(1, 13).join(" ")));
    expect(vectors.size).toBe(200);
    const [one, other] = [await newWrappedKey(tenant, "x"), await newWrappedKey(tenant, "x")];
    expect(one.subarray(1, 13)).not.toEqual(other.subarray(1, 13));
  });

  it("notices each changed byte, a cut, and an object that was moved", async () => {
    const { key } = await keyFor("a/b/key");
    const encrypted = await encrypt(key, plain, "a/b/camera/0/0");
    for (const at of encrypted.keys()) {
      const changed = encrypted.slice();
      changed[at] = changed[at]! ^ 0x80;
      expect((await decrypt(key, changed, "a/b/camera/0/0")).ok).toBe(false);
    }
    expect((await decrypt(key, encrypted.slice(0, -1), "a/b/camera/0/0")).ok).toBe(false);
    expect(await decrypt(key, encrypted, "a/b/camera/0/1")).toEqual({ ok: false, fault: "not-authentic" });
    expect(await decrypt(key, encrypted.slice(0, 10), "a/b/camera/0/0")).toEqual({
      ok: false,
      fault: "unknown-format",
    });
  });

  it("unwraps a key only with the same RECORDING_KEY, tenant and attempt", async () => {
    const { tenant, wrapped } = await keyFor("a/b/key");
    const refused = { ok: false, fault: "not-authentic" };
    expect(await unwrapKey(await tenantKey(recordingKey, "tenant-b"), wrapped, "a/b/key")).toEqual(refused);
    expect(await unwrapKey(await tenantKey(new Uint8Array(32), "tenant-a"), wrapped, "a/b/key")).toEqual(refused);
    expect(await unwrapKey(tenant, wrapped, "a/c/key")).toEqual(refused);
  });

  it("gives out a key that cannot be read", async () => {
    const { key } = await keyFor("a/b/key");
    await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
  });

  it("takes no RECORDING_KEY that is not 32 bytes", async () => {
    await expect(tenantKey(new Uint8Array(16), "tenant-a")).rejects.toThrow("exactly 32 bytes");
  });
});
