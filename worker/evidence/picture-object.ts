import type { IdentityPicture } from "#domain/attempt/identity-picture.ts";
import type { Still } from "#domain/attempt/still.ts";
import { folderOf, type RecordingOf } from "./attempt-key.ts";

/** What a picture's bytes are; each is recognised by how they begin. */
export type PictureType = "image/jpeg" | "video/webm";

type StillPlace = Pick<Still, "violation" | "source" | "sha256">;
type IdentityPlace = Pick<IdentityPicture, "capture" | "sha256">;

/**
 * Where a picture is: `<tenant>/<attempt>/stills/<violation>/<source>/<sha256>` or
 * `<tenant>/<attempt>/identity/<capture>/<sha256>`. The hash is a part of the name, so that what the log did not take
 * stands in nobody's way.
 */
export function pictureObjectOf(recording: RecordingOf, picture: StillPlace | IdentityPlace): string {
  const place =
    "violation" in picture ? `stills/${picture.violation}/${picture.source}` : `identity/${picture.capture}`;
  return `${folderOf(recording)}${place}/${picture.sha256}`;
}

/** A room is recorded; everything else is a photograph. */
export function pictureTypeOf(picture: StillPlace | IdentityPlace): PictureType {
  return "capture" in picture && picture.capture === "room" ? "video/webm" : "image/jpeg";
}

/** The first bytes of JPEG (ISO/IEC 10918-1, SOI and a marker) and of EBML, which WebM is. */
const beginnings: Readonly<Record<PictureType, readonly number[]>> = {
  "image/jpeg": [0xff, 0xd8, 0xff],
  "video/webm": [0x1a, 0x45, 0xdf, 0xa3],
};

/** [E36] */
export function isOfType(type: PictureType, bytes: Uint8Array): boolean {
  return beginnings[type].every((byte, place) => bytes[place] === byte);
}
