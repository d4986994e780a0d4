import type { LastingSignalKind, MomentarySignalKind, SignalDetail } from "#domain/integrity/signal.ts";

export type WatchOptions = {
  readonly camera: MediaStream;
  readonly screen: MediaStream;
  readonly begin: (kind: LastingSignalKind, detail: SignalDetail) => void;
  readonly end: (kind: LastingSignalKind) => void;
  readonly moment: (kind: MomentarySignalKind, detail: SignalDetail) => void;
  readonly onSensorState: (sensor: string, state: string) => void;
};

/** The contract of the sensors, which are not put together yet: nothing is noticed. */
export function watchCandidate(_options: WatchOptions): { readonly stop: () => void } {
  return { stop() {} };
}
