import type { ProctorView } from "#domain/attempt/view.ts";
import type { SensorReason } from "#domain/integrity/sensor.ts";
import { sensorSentence } from "../ui/fact-sentence.ts";
import { formatTime } from "../ui/format-moment.ts";
import classes from "./proctor.module.css";

const reasons: Readonly<Record<SensorReason, string>> = {
  "could-not-load": "it could not be loaded",
  "could-not-work": "it could not do its work",
  "no-answer": "it does not answer",
  "no-input": "it gets nothing to look at",
  "not-supported": "the browser has no means for it",
  slow: "the computer is busy, so it looks less often",
};

/** Sensors that are not simply working, in words; nothing where all are. */
export function TroubledSensors({ sensors }: Pick<ProctorView, "sensors">) {
  if (sensors.length === 0) return null;
  return (
    <ul className={classes["why"]} aria-label="Sensors that do not simply work">
      {sensors.map((report) => (
        <li key={report.sensor}>
          {sensorSentence(report)}
          {report.reason === null ? "" : ` Why: ${reasons[report.reason]}.`} Since {formatTime(report.at)}.
        </li>
      ))}
    </ul>
  );
}
