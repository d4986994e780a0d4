import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { chromiumPath } from "../check/chromium.ts";

/** A page of a browser that no test runner holds: it can really be hidden. */
export type BarePage = {
  readonly targetId: string;
  /** The value of an expression, once it has settled. Throws what the page throws. */
  readonly evaluate: (expression: string) => Promise<unknown>;
};

export type BareBrowser = {
  readonly open: (url: string) => Promise<BarePage>;
  /** Opens a page behind the one that is shown. */
  readonly openBehind: (url: string) => Promise<void>;
  /** Brings a page before the others of its window. */
  readonly activate: (page: BarePage) => Promise<void>;
  readonly close: () => Promise<void>;
};

type Answer = { readonly id?: number; readonly result?: Record<string, unknown>; readonly error?: { message: string } };

/**
 * Starts Chromium and speaks its protocol directly. Playwright tells each page that it is visible and has the focus, so
 * that no page of its browsers is ever hidden.
 */
export async function startBareBrowser(flags: readonly string[], profile: string): Promise<BareBrowser> {
  const chromium = spawn(
    chromiumPath(),
    ["--headless=new", "--remote-debugging-port=0", `--user-data-dir=${profile}`, ...flags, "about:blank"],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  let address: string | null = null;
  for await (const line of createInterface({ input: chromium.stderr })) {
    address = /DevTools listening on (ws:\S+)/.exec(line)?.[1] ?? null;
    if (address !== null) break;
  }
  if (address === null) throw new Error("Chromium ended before it listened");
  chromium.stderr.resume();
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve, { once: true });
    socket.addEventListener("error", reject, { once: true });
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  let last = 0;
  socket.addEventListener("message", ({ data }: MessageEvent<string>) => {
    const answer = JSON.parse(data) as Answer;
    if (answer.id === undefined) return;
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });

  async function send(method: string, params: object = {}, sessionId?: string): Promise<Record<string, unknown>> {
    last += 1;
    const id = last;
    const answer = await new Promise<Answer>((resolve) => {
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }));
    });
    if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result ?? {};
  }

  return {
    async open(url) {
      const { targetId } = await send("Target.createTarget", { url });
      const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
      if (typeof targetId !== "string" || typeof sessionId !== "string") throw new Error("no page was opened");
      return {
        targetId,
        async evaluate(expression) {
          const asked = { expression, awaitPromise: true, returnByValue: true, userGesture: true };
          const { result, exceptionDetails } = await send("Runtime.evaluate", asked, sessionId);
          if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
          return (result as { readonly value?: unknown }).value;
        },
      };
    },
    async openBehind(url) {
      await send("Target.createTarget", { url, background: true });
    },
    async activate({ targetId }) {
      await send("Target.activateTarget", { targetId });
    },
    async close() {
      const ended = once(chromium, "exit");
      await send("Browser.close");
      await ended;
    },
  };
}
