import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePort, isFree } from "#tools/start/ports.ts";
import { CannotStart, startStack, stateOf } from "#tools/start/stack.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "invigil-state-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function occupy(port: number): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

describe("starting the product", () => {
  it("says which port is in use and how to choose others, and leaves nothing behind", async () => {
    const port = await freePort();
    const other = await occupy(port);
    try {
      expect(await isFree(port)).toBe(false);
      const start = startStack({
        port,
        sfuPort: await freePort(),
        stateDirectory: join(folder, "state"),
        onStep: () => {},
        signal: new AbortController().signal,
      });
      await expect(start).rejects.toThrow(CannotStart);
      await expect(start).rejects.toThrow(new RegExp(`Port ${port} is in use.*--port`));
      expect(existsSync(join(folder, "state"))).toBe(false);
    } finally {
      await new Promise((closed) => other.close(closed));
    }
  });

  it("forgets the data when it begins anew, and nothing else in the folder", () => {
    mkdirSync(join(folder, "v3"));
    writeFileSync(join(folder, "demo.json"), "{}");
    writeFileSync(join(folder, "notes.txt"), "mine");
    stateOf(folder).reset();
    expect([existsSync(join(folder, "v3")), existsSync(join(folder, "demo.json"))]).toEqual([false, false]);
    expect(existsSync(join(folder, "notes.txt"))).toBe(true);
  });
});
