/** What every session of one SFU shares. Tests turn its knobs. */
export type Environment = {
  readonly counters: Counters;
  /** Of the media packets to viewers, how many in a hundred are thrown away. */
  lossPercent: number;
  readonly limits: Limits;
  /** Monotonic milliseconds. */
  readonly now: () => number;
};

export type Counters = {
  packetsIn: number;
  packetsOut: number;
  /** Thrown away on purpose. */
  packetsDropped: number;
  packetsResent: number;
  /** Came for no track that is published. */
  packetsUnrouted: number;
  keyFramesRequested: number;
};

/** All in milliseconds. */
export type Limits = {
  /** How long a call waits for a connection, or for another peer's media, before it gives up. */
  readonly patienceMs: number;
  /** How long a track may be silent. */
  readonly inactivityMs: number;
  /** How long a session may be without a connection, at the start or later. */
  readonly disconnectedMs: number;
};

/** As Cloudflare documents them, but for the time of a session that was never connected, which is not published. */
export const DEFAULT_LIMITS: Limits = { patienceMs: 5_000, inactivityMs: 30_000, disconnectedMs: 30_000 };

export function noPackets(): Counters {
  return {
    packetsIn: 0,
    packetsOut: 0,
    packetsDropped: 0,
    packetsResent: 0,
    packetsUnrouted: 0,
    keyFramesRequested: 0,
  };
}
