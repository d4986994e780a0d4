import type { CDPSession } from "@playwright/test";

/** CPU (ms) that all page processes of the browser have used so far. */
export async function pageCpuMs(browserTools: CDPSession): Promise<number> {
  const { processInfo } = await browserTools.send("SystemInfo.getProcessInfo");
  return processInfo.filter(({ type }) => type === "renderer").reduce((sum, { cpuTime }) => sum + cpuTime * 1000, 0);
}
