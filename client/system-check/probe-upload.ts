import { largestProbeBytes, uploadProbePath } from "#protocol/http/system-check.ts";
import type { Probe } from "./grade-upload.ts";

const mostProbes = 6;
/** No new probe begins later than this: on a slow line two are enough. */
const enoughMs = 12_000;
/** At 256 kbit/s a probe takes a little over 8 s. */
const probeTimeoutMs = 20_000;
/** Opens the connection, so that the first probe does not pay for it. */
const openingBytes = 1_024;

/** Sends up to six pieces of 256 kB of noise, one after another. The server counts and drops them. */
export async function probeUpload(stopped: AbortSignal): Promise<readonly Probe[]> {
  const noise = noiseOf(largestProbeBytes);
  const opened = await send(noise.subarray(0, openingBytes), stopped);
  if (!opened.taken) return [opened];
  const began = performance.now();
  const probes: Probe[] = [];
  while (probes.length < mostProbes && performance.now() - began < enoughMs && !stopped.aborted) {
    const probe = await send(noise, stopped);
    probes.push(probe);
    if (!probe.taken) break;
  }
  return probes;
}

async function send(bytes: Uint8Array<ArrayBuffer>, stopped: AbortSignal): Promise<Probe> {
  const began = performance.now();
  const timeout = AbortSignal.timeout(probeTimeoutMs);
  try {
    const answer = await fetch(uploadProbePath, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: bytes,
      signal: AbortSignal.any([timeout, stopped]),
    });
    if (answer.status === 429) return { taken: false, why: "too-often" };
    if (!answer.ok) return { taken: false, why: "no-answer" };
    return { taken: true, bytes: bytes.byteLength, ms: performance.now() - began };
  } catch {
    // No network, a connection that broke, or nobody waits any longer.
    return { taken: false, why: timeout.aborted ? "timed-out" : "no-answer" };
  }
}

/** Noise, which nothing on the way can make shorter. https://www.w3.org/TR/webcrypto/#Crypto-method-getRandomValues: at most 65,536 bytes. */
function noiseOf(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  return bytes;
}
