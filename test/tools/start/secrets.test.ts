import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { localSecrets } from "#tools/start/secrets.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "invigil-secrets-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("local secrets", () => {
  it("are made at the first start, for the owner's eyes only", () => {
    const file = join(folder, ".dev.vars");
    const secrets = localSecrets(file);
    expect(Object.keys(secrets).toSorted()).toEqual([
      "CHECKPOINT_SIGNING_KEY",
      "OPERATOR_KEY",
      "RECORDING_KEY",
      "SFU_APP_ID",
      "SFU_APP_SECRET",
      "TOKEN_SIGNING_KEY",
    ]);
    expect(Buffer.from(secrets["RECORDING_KEY"] ?? "", "base64")).toHaveLength(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("stay what they were: what was signed and encrypted with them is still there", () => {
    const file = join(folder, ".dev.vars");
    const first = localSecrets(file);
    const text = readFileSync(file, "utf8");
    expect(localSecrets(file)).toEqual(first);
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  it("that are missing are added, and a person's own are kept", () => {
    const file = join(folder, ".dev.vars");
    writeFileSync(file, "# mine\nSFU_APP_SECRET=chosen by hand\nOTHER='kept too'\n");
    const secrets = localSecrets(file);
    expect(secrets).toMatchObject({ SFU_APP_SECRET: "chosen by hand", OTHER: "kept too" });
    expect(localSecrets(file)).toEqual(secrets);
  });
});
