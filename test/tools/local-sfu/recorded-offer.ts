import { readFileSync } from "node:fs";

/** Offers that Chromium 156 made, as it made them. */
export function recordedOffer(name: "two-pictures-and-sound" | "vp8-and-data" | "vp9-only"): string {
  return readFileSync(new URL(`./offers/${name}.sdp`, import.meta.url), "utf8");
}
