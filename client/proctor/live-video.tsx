import { useEffect, useRef } from "react";
import classes from "./proctor.module.css";
import type { Watched } from "./seat.ts";

type Props = {
  readonly watched: Watched;
  /** What the picture is of, for people who do not see it. */
  readonly label: string;
  /** Shown while there is no picture, and says why. */
  readonly placeholder: string;
  readonly isMuted: boolean;
};

/** A live picture, or the reason why there is none. */
export function LiveVideo({ watched, label, placeholder, isMuted }: Props) {
  const { stream, state } = watched;
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = stream;
  }, [stream]);
  const isLive = stream !== null && state === "live";
  return (
    <div className={classes["picture"]}>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- nobody writes captions for what happens now */}
      <video
        ref={video}
        aria-label={label}
        autoPlay
        playsInline
        muted={isMuted}
        hidden={stream === null}
        data-live={isLive}
      />
      {!isLive ? <p className={classes["placeholder"]}>{placeholder}</p> : null}
    </div>
  );
}
