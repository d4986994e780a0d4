import type { IdentityCapture } from "#domain/integrity/policy.ts";

/** What is taken of a candidate before the exam, as a part of a sentence. */
export function captureWords(capture: IdentityCapture): string {
  switch (capture) {
    case "face":
      return "a photograph of the face";
    case "document":
      return "a photograph of the document";
    case "room":
      return "a recording of the room";
  }
}
