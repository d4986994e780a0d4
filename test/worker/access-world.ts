import { brand, type AttemptId } from "#domain/exam/ids.ts";
import type { CustomRole } from "#protocol/http/member.ts";
import { createApp } from "#worker/app.ts";
import {
  call,
  env,
  jsonOf,
  keyOf,
  lin,
  openSchools,
  registrationsOf,
  rosa,
  type Scheduled,
  scheduleSitting,
  signInIdOf,
  staffCookie,
} from "#test/support/school.ts";
import { holders, type Ids, nowhere, passkeyIdOf, passkeyOf, type StaffRule, testedWebhook } from "./access-route.ts";
import { rules } from "./access-rules.ts";
import { someHold } from "./retention-rules.ts";

/** Every route that the app has. */
export const routes: readonly string[] = [
  ...new Set(
    createApp()
      .routes.filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${method} ${path}`),
  ),
];

/** Where the body names something of the institution, and the address does not. */
export const namesInBody: readonly string[] = ["POST /v1/sittings", "POST /v1/holds"];

export type StaffRoute = { readonly route: string; readonly rule: StaffRule; readonly namesSomething: boolean };

/** Those of the staff of an institution, each with its rule. */
export const staffRoutes: readonly StaffRoute[] = Object.entries(rules).flatMap(([route, rule]) =>
  isOfStaff(rule) ? [{ route, rule, namesSomething: route.includes(":") }] : [],
);

function isOfStaff(rule: (typeof rules)[string]): rule is StaffRule {
  return Array.isArray(rule.for);
}

/** What there is, to be asked for: the ids are those of the school of the north. */
export type World = Scheduled & { readonly real: Ids; readonly attemptIds: readonly [AttemptId, AttemptId] };

/** Three schools, in one of which there is one of everything that a route may name. */
export async function openWorld(): Promise<World> {
  await openSchools();
  const scheduled = await scheduleSitting();
  await env.DB.batch(Object.values(holders).map(passkeyOf));
  const { exam, sitting, links } = scheduled;
  const [registration] = await registrationsOf(sitting.id);
  const attemptId = registration!.attemptId;
  const real: Ids = {
    ...nowhere,
    ...(await someHold(attemptId)),
    number: "1",
    memberId: lin.id,
    roleId: await someRole(),
    signInId: signInIdOf(lin),
    passkeyId: passkeyIdOf(lin),
    keyId: (await keyOf(lin, ["proctor"])).split(".")[1]!,
    examId: exam.id,
    ...(await testedWebhook()),
    examVersionId: sitting.examVersionId,
    sittingId: sitting.id,
    registrationId: registration!.id,
    attemptId,
    examSessionId: sitting.examSessionId,
  };
  const [ada, grace] = links.map((link) => brand<AttemptId>(link.attemptId));
  return { ...scheduled, real, attemptIds: [ada!, grace!] };
}

/** A role that the school of the north made. */
async function someRole(): Promise<string> {
  const body = { name: "Proof reader", permissions: ["read-exams"] };
  const { roleId } = await jsonOf<CustomRole>(
    await call("POST", "/v1/roles", { cookie: await staffCookie(rosa), body }),
  );
  return roleId;
}
