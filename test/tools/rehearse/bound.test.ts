import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

function runtimeOf(file: string): readonly (string | undefined)[] {
  const text = readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8");
  return [/^compatibility_date = (.*)$/m, /^compatibility_flags = (.*)$/m].map((line) => line.exec(text)?.[1]);
}

it("compares the session with a bound on the same runtime, whose sockets are not compressed either", () => {
  const product = runtimeOf("wrangler.toml");
  expect(product).toEqual([expect.any(String), expect.stringContaining('"no_web_socket_compression"')]);
  expect(runtimeOf("tools/rehearse/bound/wrangler.toml")).toEqual(product);
});
