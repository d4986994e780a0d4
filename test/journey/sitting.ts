import type { ExamDraft } from "#protocol/http/exam.ts";
import { examListSchema, examSchema, examVersionSummarySchema } from "#protocol/http/exam.ts";
import { memberListSchema } from "#protocol/http/member.ts";
import { issuedLinksSchema } from "#protocol/http/registration.ts";
import { sittingSchema } from "#protocol/http/sitting.ts";
import { type ApiClient, signIn } from "#tools/seed/api-client.ts";
import { demo } from "./demo.ts";

export type Place = { readonly name: string; readonly attemptId: string; readonly link: string };
export type Scheduled = {
  readonly sittingId: string;
  readonly examSessionId: string;
  readonly places: readonly Place[];
};

export async function asAdmin(): Promise<ApiClient> {
  const admin = demo().staff.find(({ roles }) => roles.includes("admin"));
  if (admin === undefined) throw new Error("the demo has no admin");
  return signIn(demo().origin, admin.email, admin.password);
}

/** A sitting of its own for a journey: of the demo's exam, or of a shorter one, with all proctors assigned. */
export async function schedule(
  title: string,
  names: readonly string[],
  draft?: ExamDraft,
  window = openHour(),
): Promise<Scheduled> {
  const admin = await asAdmin();
  const examVersionId = draft === undefined ? await demoVersion(admin) : await publish(admin, draft);
  const sitting = await admin.request("POST", "/v1/sittings", { examVersionId, title, ...window }, sittingSchema);
  const path = `/v1/sittings/${sitting.id}`;
  const candidates = names.map((name) => ({ name, email: null }));
  const { links } = await admin.request("POST", `${path}/registrations`, { candidates }, issuedLinksSchema);
  const { members } = await admin.request("GET", "/v1/members?may=proctor", null, memberListSchema);
  const memberIds = members.map(({ memberId }) => memberId);
  await admin.request("PUT", `${path}/proctors`, { memberIds }, sittingSchema);
  return {
    sittingId: sitting.id,
    examSessionId: sitting.examSessionId,
    places: links.map(({ name, attemptId, link }) => ({ name, attemptId, link })),
  };
}

type Window = { readonly opensAt: number; readonly closesAt: number };

function openHour(): Window {
  const now = Date.now();
  return { opensAt: now - 60_000, closesAt: now + 3_600_000 };
}

export function placeOf({ places }: Scheduled, name: string): Place {
  const place = places.find((each) => each.name === name);
  if (place === undefined) throw new Error(`${name} has no place`);
  return place;
}

async function demoVersion(admin: ApiClient): Promise<string> {
  const { exams } = await admin.request("GET", "/v1/exams", null, examListSchema);
  const version = exams.find(({ title }) => title.startsWith("Aviation"))?.latestVersion;
  if (!version) throw new Error("the demo's exam is not published");
  return version.id;
}

async function publish(admin: ApiClient, draft: ExamDraft): Promise<string> {
  const exam = await admin.request("POST", "/v1/exams", draft, examSchema);
  const version = await admin.request("POST", `/v1/exams/${exam.id}/versions`, null, examVersionSummarySchema);
  return version.id;
}
