import { useEffect, useRef } from "react";
import classes from "./proctor.module.css";

type Props = {
  readonly stream: MediaStream | null;
  /** What the picture is of, for people who do not see it. */
  readonly label: string;
  /** Shown while there is no picture, and says why. */
  readonly placeholder: string;
  readonly isMuted: boolean;
};

/** A live picture, or the reason why there is none. */
export function LiveVideo({ stream, label, placeholder, isMuted }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = stream;
  }, [stream]);
  return (
    <div className={classes["picture"]}>
      <video ref={video} aria-label={label} autoPlay playsInline muted={isMuted} hidden={stream === null} />
      {stream === null ? <p className={classes["placeholder"]}>{placeholder}</p> : null}
    </div>
  );
}
