import { useEffect, useRef, useState } from "react";
import { heardLevel, microphoneLevel } from "../media/devices.ts";
import styles from "./take-exam.module.css";

/** Shows that the microphone hears. The bar is moved past React: it changes many times a second. */
export function LevelMeter({ stream }: { readonly stream: MediaStream }) {
  const bar = useRef<HTMLMeterElement>(null);
  const [hasHeard, setHasHeard] = useState(false);

  useEffect(
    () =>
      microphoneLevel(stream, (level) => {
        if (bar.current !== null) bar.current.value = level;
        if (level > heardLevel) setHasHeard(true);
      }),
    [stream],
  );

  return (
    <div className={styles["meter"]}>
      <label htmlFor="microphone-level">
        {hasHeard ? "The microphone hears you." : "Say a few words: the bar moves."}
      </label>
      <meter id="microphone-level" ref={bar} min={0} max={1} />
    </div>
  );
}
