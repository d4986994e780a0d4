import { createHash } from "node:crypto";
import { toJsonSchema } from "@valibot/to-json-schema";
import type { GenericSchema } from "valibot";
import { expect, test } from "vitest";
import { candidateUpSchema, proctorUpSchema } from "#protocol/session/up.ts";
import { protocolVersion } from "#protocol/session/version.ts";

/** The SHA-256 of the shapes of each version. A line is added with each version and never changed. */
const shapesOfVersion: Readonly<Record<number, string>> = {
  1: "4c3a78f8e899816fe173f707a526acb62b13a3cd3e7deb005c9f011ef16edb79",
  3: "b7ba13d4a66cd608c945cb3de3917ee7010d20f327ad9413d588e36e14ad819a",
  4: "b14e2e319de75edd105211f56f33e5a7e68f52307850bad826d694d0cca72058",
  5: "c574f2d717b46c5a80066d2641cd7ddc3bc31a31ac3178ea38ba2c64c327a043",
  2: "809531844bca5154dd64c7fec29e9e58a539747d37f55b3e46ae3025253b85ce",
};

function shapeOf(schema: GenericSchema): unknown {
  return toJsonSchema(schema, { errorMode: "ignore", typeMode: "input" });
}

test("the shapes of what sockets say are those of the protocol's version", () => {
  const shapes = JSON.stringify([shapeOf(candidateUpSchema), shapeOf(proctorUpSchema)]);
  expect(
    createHash("sha256").update(shapes).digest("hex"),
    "A message's shape changed: raise protocolVersion in protocol/session/version.ts, and add the new version's hash here",
  ).toBe(shapesOfVersion[protocolVersion]);
});
