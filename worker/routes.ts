import { Hono } from "hono";
import type { AppEnv } from "./app-env.ts";

/** Every route of the API, a group for each file of routes/. */
export function apiRoutes(): Hono<AppEnv> {
  const api = new Hono<AppEnv>();
  return api;
}
