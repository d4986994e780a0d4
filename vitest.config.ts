import { generateKeyPairSync, randomBytes } from "node:crypto";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

process.env["CLOUDFLARE_CF_FETCH_ENABLED"] ??= "false";
process.env["WRANGLER_SEND_METRICS"] ??= "false";
process.env["X_LOCAL_OBSERVABILITY"] ??= "false";

function signingKey(): string {
  return JSON.stringify(generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" }));
}

/** Secrets of this run only. */
const bindings = {
  TOKEN_SIGNING_KEY: signingKey(),
  CHECKPOINT_SIGNING_KEY: signingKey(),
  CHECKPOINT_ORIGIN: "invigil.test",
  RECORDING_KEY: randomBytes(32).toString("base64"),
  OPERATOR_KEY: "the-operator-of-this-test-and-no-other",
  // Nobody listens there, which is known at once; a name would first have to be looked up.
  SFU_BASE_URL: "http://127.0.0.1:1/v1",
  SFU_APP_ID: "test",
  SFU_APP_SECRET: "a-secret-that-no-answer-holds",
};

/** `unit` needs nothing but Node; `workerd` runs inside the platform itself, with its D1, R2 and Durable Objects. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          environment: "node",
          setupFiles: ["./test/support/seeded-properties.ts"],
          include: ["test/{domain,protocol,tools,client,architecture,simulation}/**/*.test.{ts,tsx}"],
        },
      },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: { bindings: { ...bindings, TEST_MIGRATIONS: await readD1Migrations("./migrations") } },
          }),
        ],
        test: {
          name: "workerd",
          include: ["test/{durable-objects,worker}/**/*.test.ts"],
          // Projects of different numbers of workers are run one after another, or not at all.
          sequence: { groupOrder: 1 },
          // Isolation costs about 4 s a file; each test begins with reset() instead.
          isolate: false,
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: 20_000,
          setupFiles: ["./test/support/fresh-world.ts"],
          deps: { optimizer: { ssr: { enabled: true } } },
        },
      },
    ],
  },
});
