import * as v from "valibot";
import { epochMs } from "./field.ts";

/** `GET /v1/system-check/clock`: what the server's clock says. Anybody may ask. */
export const clockPath = "/v1/system-check/clock";
export const serverClockSchema = v.object({ serverNow: epochMs });

/**
 * `POST /v1/system-check/upload` (application/octet-stream, with its length, at most `largestProbeBytes`): what comes is
 * counted and dropped. Answers how many bytes came; 429 where one address sends too many.
 */
export const uploadProbePath = "/v1/system-check/upload";
export const largestProbeBytes = 262_144;
export const probedSchema = v.object({ bytes: v.number() });
