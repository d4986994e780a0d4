import type { SensorReason, SensorState } from "#domain/integrity/sensor.ts";
import type { MomentarySignalKind, SignalDetail } from "#domain/integrity/signal.ts";
import type { SignalEdges } from "./signal-edges.ts";

/** A sensor that watches until it is stopped. */
export type Sensor = { readonly stop: () => void };

/** Where a sensor puts what it notices. */
export type Told = {
  /** What it reads now of the signals that last; only a change is told on. */
  readonly edges: SignalEdges;
  readonly moment: (kind: MomentarySignalKind, detail: SignalDetail) => void;
  /**
   * Its heartbeat: how it is, at least every two seconds while it runs. Only a change is told on; silence of four
   * seconds is a loss.
   */
  readonly beat: (state: SensorState, reason?: SensorReason) => void;
};
