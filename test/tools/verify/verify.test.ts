import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { encodeBase64 } from "#domain/evidence/base64.ts";
import { leafHash } from "#domain/evidence/merkle.ts";
import { encodeUtf8 } from "#domain/evidence/utf8.ts";
import { recordFormat } from "#protocol/http/review.ts";
import { answer } from "#tools/verify/verify.ts";
import { sha256 } from "#test/domain/evidence/hash.ts";
import { signingSystem } from "#test/support/signed-receipt.ts";

const origin = "exam.example/school/ada";
const system = signingSystem("exam.example");
const events = ["one", "two", "three"].map((fact, index) => JSON.stringify({ seq: index + 1, fact }));
const record = {
  format: recordFormat,
  origin,
  attemptId: "ada",
  name: "Ada",
  examTitle: "First aid",
  checkpoint: system.receipt(origin, events),
  events,
};
const keySet = { keys: [{ kty: "EC", crv: "P-256", x: "x", kid: "other" }, system.jwk] };

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "invigil-verify-"));
  put("receipt.txt", system.receipt(origin, events.slice(0, 2)));
  put("record.json", JSON.stringify(record, null, 2));
  put("jwks.json", JSON.stringify(keySet));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

function ask(keys = "jwks.json") {
  return answer(["receipt", "receipt.txt", "--record", "record.json", "--keys", keys], folder);
}

describe("npm run verify -- receipt", () => {
  it("[E29] answers that a receipt fits, and what it does not speak of, with files alone", async () => {
    expect(await ask()).toEqual({
      code: 0,
      line: `The receipt fits: the record's first 2 events are those that ${system.key.label} signed. 1 event came after it, of which it says nothing.`,
    });
    put("receipt.txt", record.checkpoint);
    expect((await ask()).line).toMatch(/first 3 events .* They are all it has\.$/);
  });

  it("[D7] fits a record of which the events were erased, and says so", async () => {
    const leaves = events.map((text) => encodeBase64(leafHash(encodeUtf8(text), sha256)));
    const erased = { at: Date.UTC(2026, 10, 21), why: "period", leaves };
    put("record.json", JSON.stringify({ ...record, events: [], erased }));
    expect(await ask()).toMatchObject({
      code: 0,
      line: expect.stringContaining(
        "What they said was erased on 2026-11-21, as the time for which they are kept was over: their hashes are left, and fit.",
      ),
    });
    put("record.json", JSON.stringify({ ...record, events: [], erased: { ...erased, leaves: leaves.toReversed() } }));
    expect(await ask()).toMatchObject({ code: 1 });
    put("record.json", JSON.stringify({ ...record, events: [], erased: { ...erased, leaves: ["short"] } }));
    expect(await ask()).toMatchObject({ code: 2 });
  });

  it("[E29] answers in one line what does not fit", async () => {
    put("record.json", JSON.stringify({ ...record, events: events.with(0, "{}") }));
    expect(await ask()).toEqual({
      code: 1,
      line: "The receipt does not fit: the record was changed at or before event 2. At which one, this receipt alone cannot say.",
    });
    put("record.json", JSON.stringify({ ...record, events: events.slice(0, 1) }));
    expect((await ask()).line).toBe(
      "The receipt does not fit: it signs 2 events, and the record has only 1: some were taken away.",
    );
    put("record.json", JSON.stringify({ ...record, origin: "exam.example/school/grace" }));
    expect((await ask()).line).toBe(
      `The receipt does not fit: it is of ${origin}, and the record of exam.example/school/grace.`,
    );
    put("receipt.txt", record.checkpoint.replace("school", "schule"));
    expect((await ask()).line).toBe(
      `The receipt does not fit: its signature is not by ${system.key.label}: the receipt was changed or made up.`,
    );
    put("jwks.json", JSON.stringify({ keys: [signingSystem("exam.example").jwk] }));
    expect((await ask()).line).toBe(
      `The receipt does not fit: it is signed by ${system.key.label}, which is not among the keys.`,
    );
    put("receipt.txt", "paid");
    expect(await ask()).toEqual({ code: 1, line: "The receipt does not fit: it is not a signed checkpoint." });
  });

  it("[E24] reads a record that another program has written anew: what counts is what each text says, byte by byte", async () => {
    put("record.json", JSON.stringify(record).replaceAll("e", "\\u0065").replaceAll('\\"', "\\u0022"));
    expect((await ask()).code).toBe(0);
    const spaced = events.map((text) => JSON.stringify(JSON.parse(text), null, 1));
    put("record.json", JSON.stringify({ ...record, events: spaced }));
    expect((await ask()).code).toBe(1);
  });

  it("[E29] says what could not be read, and nothing about the receipt", async () => {
    put("record.json", "[]");
    expect(await ask()).toEqual({
      code: 2,
      line: expect.stringContaining("record.json is no record: download one from the review page"),
    });
    put("record.json", JSON.stringify(record));
    expect((await ask("nowhere.json")).line).toContain("The keys cannot be read");
    expect((await ask("record.json")).line).toContain("has no JSON Web Key Set");
    expect(await answer(["receipt"], folder)).toMatchObject({ code: 2, line: expect.stringContaining("npm run") });
    expect((await answer(["receipt", "a", "--colour", "red"], folder)).code).toBe(2);
  });

  it("[E29] fetches the keys over https, or from this computer, and follows nobody elsewhere", async () => {
    expect((await ask("http://exam.example/.well-known/jwks.json")).line).toContain("over https only");
    const server = createServer((request, response) => {
      if (request.url === "/moved") response.writeHead(302, { location: "/jwks.json" }).end();
      else response.end(JSON.stringify(keySet));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const address = server.address();
      const port = typeof address === "object" ? address?.port : 0;
      expect((await ask(`http://127.0.0.1:${port}/jwks.json`)).code).toBe(0);
      expect(await ask(`http://127.0.0.1:${port}/moved`)).toMatchObject({ code: 2 });
    } finally {
      server.close();
    }
  });
});
