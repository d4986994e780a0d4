import * as v from "valibot";
import { qualityHints } from "#domain/attempt/identity-picture.ts";
import { epochMs, sha256Hex } from "./field.ts";

/*
 * Pictures travel as bytes (application/octet-stream) with the session of the candidate's page:
 * `PUT /v1/sit/{attemptId}/stills/{violation}/{source}?sha256=…&takenAt=…` and
 * `PUT /v1/sit/{attemptId}/identity/{capture}?sha256=…&hints=too-dark,no-face`. Both answer 201, or 200 where these very
 * bytes are stored already, with a `storedPictureSchema`.
 */

/** `takenAt`: on the server's clock. */
export const stillQuerySchema = v.object({
  sha256: sha256Hex,
  takenAt: v.pipe(v.string(), v.regex(/^\d{1,16}$/), v.transform(Number), epochMs),
});

/** `hints`: what the page found wanting, separated by commas; empty where nothing. */
export const identityQuerySchema = v.object({
  sha256: sha256Hex,
  hints: v.pipe(
    v.string(),
    v.transform((text) => (text === "" ? [] : text.split(","))),
    v.array(v.picklist(qualityHints)),
    v.maxLength(qualityHints.length),
  ),
});

/** The answer to a PUT: the hash of what was stored. */
export const storedPictureSchema = v.object({ sha256: sha256Hex });

/**
 * `GET /v1/attempts/{attemptId}/pictures` for reviewers, and for the proctors of its room
 * `GET /v1/exam-sessions/{examSessionId}/attempts/{attemptId}/pictures`: where each picture is that the log names by its
 * hash. The addresses are signed for this member and good for five minutes.
 */
export const picturesSchema = v.object({
  pictures: v.array(v.object({ sha256: sha256Hex, url: v.string() })),
});
