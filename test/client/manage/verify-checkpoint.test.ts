import { describe, expect, it } from "vitest";
import { verifyCheckpoint } from "#client/manage/verify-checkpoint.ts";
import { signingSystem } from "#test/support/signed-receipt.ts";

const system = signingSystem("exam.example");
const checkpoint = system.receipt("exam.example/v1/logs/0", ["one", "two"]);

describe("a checkpoint in the browser", () => {
  it("is verified with the published key of its label alone", async () => {
    expect(await verifyCheckpoint(checkpoint, { keys: [system.jwk] })).toEqual({ size: 2 });
    expect(await verifyCheckpoint(checkpoint.replace("\n2\n", "\n3\n"), { keys: [system.jwk] })).toEqual({
      size: null,
    });
    const other = { ...signingSystem("exam.example").jwk, kid: system.jwk.kid };
    expect(await verifyCheckpoint(checkpoint, { keys: [other] })).toEqual({ size: null });
    expect(await verifyCheckpoint(checkpoint, { keys: [] })).toEqual({ size: null });
    expect(await verifyCheckpoint("nothing", null)).toEqual({ size: null });
  });
});
