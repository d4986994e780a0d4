import type { Context } from "hono";
import * as v from "valibot";
import type { Whereabouts } from "../database/sign-in-writer.ts";

const cfSchema = v.object({ city: v.optional(v.string()), country: v.optional(v.string()) });

/** The first that matches names it: Edge and Opera say that they are Chrome too, and Chrome says it is Safari. */
const browsers = [
  ["Edg", "Edge"],
  ["OPR", "Opera"],
  ["Firefox", "Firefox"],
  ["FxiOS", "Firefox"],
  ["Chrome", "Chrome"],
  ["CriOS", "Chrome"],
  ["Safari", "Safari"],
] as const;
const systems = [
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Android", "Android"],
  ["CrOS", "ChromeOS"],
  ["Windows", "Windows"],
  ["Mac OS X", "macOS"],
  ["Linux", "Linux"],
] as const;

/**
 * Which browser asks and roughly from where, in the words in which its owner will know it again. Neither the header nor the
 * address itself is kept.
 */
export function whereaboutsOf(c: Context): Whereabouts {
  const agent = c.req.header("user-agent") ?? "";
  const browser = browsers.find(([mark]) => agent.includes(mark))?.[1];
  const system = systems.find(([mark]) => agent.includes(mark))?.[1];
  const named = [browser, system].filter((name) => name !== undefined).join(" on ");
  return { browser: named === "" ? null : named, place: placeOf(c.req.raw) };
}

function placeOf(request: Request): string | null {
  const cf = v.safeParse(cfSchema, (request as { cf?: unknown }).cf);
  if (!cf.success) return null;
  const parts = [cf.output.city, cf.output.country].filter((part) => part !== undefined && part !== "");
  return parts.length === 0 ? null : parts.join(", ");
}
