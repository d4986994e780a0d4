import type { SensorName, SensorReason, SensorState } from "#domain/integrity/sensor.ts";
import type { EpochMs, LastingSignalKind, MomentarySignalKind, SignalDetail } from "#domain/integrity/signal.ts";

/** What the sensors told, as the page puts it on the line to the session. */
export type Observation = { readonly at: EpochMs } & (
  | { readonly type: "begin"; readonly kind: LastingSignalKind; readonly detail: SignalDetail }
  | { readonly type: "end"; readonly kind: LastingSignalKind }
  | { readonly type: "moment"; readonly kind: MomentarySignalKind; readonly detail: SignalDetail }
  | {
      readonly type: "sensor";
      readonly sensor: SensorName;
      readonly state: SensorState;
      readonly reason: SensorReason | null;
    }
);
