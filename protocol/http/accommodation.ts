import * as v from "valibot";
import { exceptionKinds, largestFactor, mostMinutes } from "#domain/exam/accommodation.ts";
import type { RegistrationId } from "#domain/exam/ids.ts";
import { idField, line } from "./field.ts";

const reason = line(200);

/** What is arranged for one candidate: `PUT /v1/sittings/{sittingId}/registrations/{registrationId}/accommodations`. */
export const accommodationsSchema = v.object({
  allowances: v.pipe(
    v.array(
      v.variant("kind", [
        v.object({
          kind: v.literal("multiplier"),
          factor: v.pipe(v.number(), v.gtValue(1), v.maxValue(largestFactor)),
          reason,
        }),
        v.object({
          kind: v.literal("minutes"),
          minutes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostMinutes)),
          reason,
        }),
      ]),
    ),
    v.maxLength(5),
  ),
  exceptions: v.pipe(
    v.array(v.object({ kind: v.picklist(exceptionKinds), reason })),
    v.maxLength(exceptionKinds.length),
  ),
});

/** `GET /v1/sittings/{sittingId}/accommodations`: of each candidate for whom something is arranged. */
export const accommodationListSchema = v.object({
  accommodations: v.array(v.object({ registrationId: idField<RegistrationId>(), ...accommodationsSchema.entries })),
});
