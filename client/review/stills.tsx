import type { Still } from "#domain/attempt/still.ts";
import { formatTime } from "../ui/format-moment.ts";
import styles from "./checked-picture.module.css";
import { CheckedPicture } from "./checked-picture.tsx";
import type { PicturePlaces } from "./use-pictures.ts";

type StillsProps = {
  readonly stills: readonly Still[];
  readonly places: PicturePlaces;
  /** What was noted, as a sentence. */
  readonly reason: string;
};

const names = { camera: "Camera", screen: "Screen" } as const;

/** The pictures of a violation's moment, side by side. */
export function Stills({ stills, places, reason }: StillsProps) {
  if (stills.length === 0) return null;
  return (
    <div className={styles["row"]}>
      {stills.map(({ source, sha256, takenAt }) => (
        <CheckedPicture
          key={source}
          sha256={sha256}
          places={places}
          kind="photograph"
          alt={`${names[source]} at ${formatTime(takenAt)}: ${reason}`}
          caption={
            <span>
              {names[source]}, {formatTime(takenAt)}
            </span>
          }
        />
      ))}
    </div>
  );
}
