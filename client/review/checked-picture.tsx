import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo } from "react";
import styles from "./checked-picture.module.css";
import { fetchSegment } from "./segment-source.ts";
import type { PicturePlaces } from "./use-pictures.ts";

type CheckedPictureProps = {
  /** The hash that the log has. */
  readonly sha256: string;
  readonly places: PicturePlaces;
  readonly kind: "photograph" | "recording";
  /** What is to be seen, for who does not see it. */
  readonly alt: string;
  readonly caption: ReactNode;
};

/** A picture that is held against the hash in the log here in the browser, and shown only if it matches. */
export function CheckedPicture({ sha256, places, kind, alt, caption }: CheckedPictureProps) {
  const url = places.urls.get(sha256);
  const fetched = useQuery({
    queryKey: ["picture", sha256],
    queryFn: ({ signal }) => fetchSegment({ sha256 }, url ?? "", signal),
    enabled: url !== undefined,
    // Bytes with this hash never change; what could not be fetched is asked for at the next address.
    staleTime: ({ state }) => (state.data?.state === "whole" ? Number.POSITIVE_INFINITY : 0),
    refetchOnWindowFocus: false,
  });
  const bytes = fetched.data?.state === "whole" ? fetched.data.bytes : null;
  const shown = useObjectUrl(bytes, kind === "photograph" ? "image/jpeg" : "video/webm");
  return (
    <figure className={styles["figure"]}>
      {shown === null ? (
        <p className={styles["nothing"]}>{whyNothing(fetched.data?.state, places.isRefused)}</p>
      ) : kind === "photograph" ? (
        <a href={shown} target="_blank" rel="noreferrer" aria-label={`${alt}, in full size in a new tab`}>
          <img src={shown} alt={alt} />
        </a>
      ) : (
        <video src={shown} controls muted aria-label={alt} />
      )}
      <figcaption>
        {caption}
        <Check state={fetched.data?.state} />
      </figcaption>
    </figure>
  );
}

/** [E39] What came of holding it against the log. */
function Check({ state }: { readonly state: "whole" | "altered" | "unreachable" | undefined }) {
  if (state === "whole") return <span className={styles["matches"]}>✓ The hash matches the log.</span>;
  if (state !== "altered") return null;
  return (
    <span className={styles["differs"]} role="alert">
      ⚠ What is stored is not what the log says. It is not shown.
    </span>
  );
}

function whyNothing(state: "whole" | "altered" | "unreachable" | undefined, isRefused: boolean): string {
  if (isRefused) return "The pictures cannot be shown to you now.";
  if (state === undefined) return "Loading the picture …";
  return state === "altered" ? "Not shown" : "It could not be fetched. It is tried again.";
}

function useObjectUrl(bytes: Uint8Array<ArrayBuffer> | null, type: string): string | null {
  const url = useMemo(() => (bytes === null ? null : URL.createObjectURL(new Blob([bytes], { type }))), [bytes, type]);
  useEffect(() => () => (url === null ? undefined : URL.revokeObjectURL(url)), [url]);
  return url;
}
