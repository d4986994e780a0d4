import * as v from "valibot";
import { epochMs } from "./field.ts";
import { mailLanguages } from "./mail.ts";

/** `GET /v1/institution`. `language`: what mails and the README of a person's data are written in. */
export const institutionSchema = v.pipe(
  v.object({ name: v.string(), language: v.picklist(mailLanguages), changedAt: epochMs }),
  v.title("Institution"),
);
export type Institution = v.InferOutput<typeof institutionSchema>;

/** `PUT /v1/institution`. */
export const institutionChangeSchema = v.object({ language: v.picklist(mailLanguages) });
