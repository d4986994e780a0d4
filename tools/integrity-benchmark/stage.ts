import type { Browser, BrowserContext, CDPSession, Page } from "@playwright/test";
import type { Clip, Interval } from "./clip.ts";

/** A browser with the benchmark's page open, its streams and its sensors running. */
export type Stage = {
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  /** An empty page in the same window. */
  readonly other: Page;
  /** Of the page. */
  readonly devtools: CDPSession;
  readonly models: Models;
};

/** A clip that is played by doing something in the browser. Resolves to when the condition was really there, or null. */
/** Where the models of the launch come from: broken, none can be loaded any more. */
export type Models = { isBroken: boolean };

export type Act = Clip & { readonly play: (stage: Stage) => Promise<Interval | null> };

export function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Something that is the case for a while. */
export async function during(
  ms: number,
  begin: () => Promise<unknown>,
  end: () => Promise<unknown>,
): Promise<Interval> {
  const from = Date.now();
  await begin();
  await wait(ms);
  await end();
  return { from, to: Date.now() };
}

/** Something that happens once. */
export async function once(happen: () => Promise<unknown>): Promise<Interval> {
  const from = Date.now();
  await happen();
  return { from, to: Date.now() };
}
