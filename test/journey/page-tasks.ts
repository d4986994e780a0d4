import type { Page } from "@playwright/test";

/** As much of a trace event as is read here (Chromium's trace event format). Times are microseconds. */
type TraceEvent = {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number;
  readonly args?: {
    readonly name?: string;
    readonly data?: { readonly frames?: readonly { readonly processId?: number }[] };
  };
};

/**
 * How long (ms of the processor) each task of the page's own thread took while `during` went on, the longest first. What
 * the browser calls a long task is counted by the wall, and so has in it whatever else the machine does.
 */
export async function tasksWhile(page: Page, during: () => Promise<void>): Promise<readonly number[]> {
  const browser = page.context().browser();
  if (browser === null) throw new Error("a page of a browser that was not launched here cannot be traced");
  await browser.startTracing(page, { categories: ["disabled-by-default-devtools.timeline"] });
  await during();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  // A browser has pages of its own, which it makes ready when it has nothing else to do: those are not looked at.
  const shown = traceEvents.flatMap(({ name, args }) =>
    name === "TracingStartedInBrowser" ? (args?.data?.frames ?? []) : [],
  );
  const processes = new Set(shown.map(({ processId }) => processId));
  if (processes.size === 0) throw new Error("the trace does not say which process shows the page");
  const pages = new Set(
    traceEvents
      .filter(({ name, args, pid }) => name === "thread_name" && args?.name === "CrRendererMain" && processes.has(pid))
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  return traceEvents
    .filter(({ name, pid, tid }) => name === "RunTask" && pages.has(`${pid} ${tid}`))
    .flatMap(({ tdur }) => (tdur === undefined ? [] : [tdur / 1000]))
    .toSorted((one, other) => other - one);
}
