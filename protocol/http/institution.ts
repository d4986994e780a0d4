import * as v from "valibot";
import { jurisdictions } from "#domain/exam/rooms.ts";
import { epochMs } from "./field.ts";
import { mailLanguages } from "./mail.ts";

/** Where an institution may live: a database and a bucket each. */
export const homes = ["shared", "eu"] as const;

/**
 * `GET /v1/institution`. `language`: what mails and the README of a person's data are written in. `home`: whose database and
 * bucket it lives in. `jurisdiction`: what a room that is opened now is bound to, null where that is nothing, though
 * `jurisdictionAsked` may ask for one.
 */
export const institutionSchema = v.pipe(
  v.object({
    name: v.string(),
    language: v.picklist(mailLanguages),
    changedAt: epochMs,
    home: v.picklist(homes),
    jurisdictionAsked: v.nullable(v.picklist(jurisdictions)),
    jurisdiction: v.nullable(v.picklist(jurisdictions)),
  }),
  v.title("Institution"),
);
export type Institution = v.InferOutput<typeof institutionSchema>;

/** `PUT /v1/institution`. */
export const institutionChangeSchema = v.object({ language: v.picklist(mailLanguages) });
