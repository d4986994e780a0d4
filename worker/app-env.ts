import type { Env, Settings } from "./env.ts";

/** What every handler can reach: `c.env` (bindings), `c.var.settings` (settings, parsed) and `c.var.requestId`. */
export type AppEnv = {
  Bindings: Env;
  Variables: { settings: Settings; requestId: string };
};
