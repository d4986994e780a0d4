import { useEffect, useRef } from "react";
import styles from "./take-exam.module.css";

type LivePreviewProps = { readonly stream: MediaStream; readonly label: string; readonly isMirrored?: boolean };

/** What a camera or a screen share shows now. */
export function LivePreview({ stream, label, isMirrored = false }: LivePreviewProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = stream;
  }, [stream]);
  return (
    <video
      ref={video}
      className={isMirrored ? `${styles["preview"]} ${styles["mirrored"]}` : styles["preview"]}
      aria-label={label}
      autoPlay
      muted
      playsInline
    />
  );
}
