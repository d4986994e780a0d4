import type { EpochMs } from "#domain/integrity/signal.ts";

/** How often something may happen: `burst` times at once, and `perSecond` times a second in the long run. */
export type Rate = { readonly burst: number; readonly perSecond: number };

/** How many times it may happen at once, as of a moment. */
export type Bucket = { readonly tokens: number; readonly at: EpochMs };

export function fullBucket({ burst }: Rate, now: EpochMs): Bucket {
  return { tokens: burst, at: now };
}

/** The bucket after one happening, or null when there is no room for it. A clock that goes back adds nothing. */
export function take(bucket: Bucket, rate: Rate, now: EpochMs): Bucket | null {
  const { tokens, at } = refilled(bucket, rate, now);
  return tokens < 1 ? null : { tokens: tokens - 1, at };
}

/** In how many ms the bucket has room for this many. */
export function waitMs(bucket: Bucket, rate: Rate, count: number, now: EpochMs): number {
  const missing = Math.min(count, rate.burst) - refilled(bucket, rate, now).tokens;
  return Math.max(0, Math.ceil((missing / rate.perSecond) * 1_000));
}

function refilled({ tokens, at }: Bucket, { burst, perSecond }: Rate, now: EpochMs): Bucket {
  const passedMs = Math.max(0, now - at);
  return { tokens: Math.min(burst, tokens + (passedMs / 1_000) * perSecond), at: Math.max(at, now) };
}
