import type { Sensor, Told } from "./sensor.ts";

/** A sensor whose part of the page may still be on its way. One that does not come is told as lost. */
export function whenFetched(sensor: Sensor | Promise<Sensor>, told: readonly Told[]): Sensor {
  if (!(sensor instanceof Promise)) return sensor;
  sensor.catch(() => {
    for (const { beat } of told) beat("lost", "could-not-load");
  });
  return {
    stop() {
      void sensor.then(
        (fetched) => fetched.stop(),
        () => {}, // told already, above
      );
    },
  };
}
