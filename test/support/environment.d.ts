import type { D1Migration } from "@cloudflare/vitest-plugin";
import type { Env as WorkerEnv } from "#worker/env.ts";

declare global {
  namespace Cloudflare {
    /** What vitest.config.ts and wrangler.toml give to a test inside workerd. */
    // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface merges into the platform's own
    interface Env extends WorkerEnv {
      readonly TEST_MIGRATIONS: D1Migration[];
    }
  }
}
