import type { Context } from "hono";
import { log } from "../log.ts";
import { problem, requestIdOf } from "../problem.ts";
import type { SfuFault } from "./sfu-call.ts";

/** How a page is told that the SFU did not do it. The SFU's own words go no further than our log, and only its code. */
export function sfuProblem(c: Context, fault: SfuFault): Response {
  const { kind, status, errorCode } = fault;
  log({ event: "sfu-failed", requestId: requestIdOf(c), kind, status, errorCode });
  switch (kind) {
    case "session-gone":
      return problem(c, "viewer-gone");
    case "conflict":
      return problem(c, "conflict", "Another change of this viewer is under way. One at a time.");
    case "not-connected":
      return problem(c, "media-unavailable", "The browser has not connected yet. Try again in a moment.");
    case "rejected":
    case "unavailable":
      return problem(c, "media-unavailable");
  }
}
