import { memberListSchema } from "#protocol/http/member.ts";
import { issuedLinksSchema } from "#protocol/http/registration.ts";
import { sittingSchema } from "#protocol/http/sitting.ts";
import { examSchema, examVersionSummarySchema } from "#protocol/http/exam.ts";
import { type ApiClient, signIn } from "../seed/api-client.ts";
import { loadExam } from "./load-exam.ts";
import { checkIn, cookiesIn, type Seat } from "./seat.ts";

export type Account = { readonly email: string; readonly password: string };
export type StaffAccounts = {
  readonly author: Account;
  readonly admin: Account;
  readonly proctors: readonly Account[];
};

/** One room of the rehearsal, with everybody checked in. */
export type RehearsedRoom = {
  readonly examSessionId: string;
  /** One of each proctor. */
  readonly proctorCookies: readonly string[];
  readonly seats: readonly Seat[];
};

export type RehearsedSitting = { readonly admin: ApiClient; readonly rooms: readonly RehearsedRoom[] };

/** The API takes this many registrations in one call. */
const mostRegistrations = 200;
/** Check-ins under way at once. */
const atOnce = 20;

/** Writes an exam, schedules a sitting for each room, registers everybody, and checks them in by their links. */
export async function prepareSitting(
  origin: URL,
  staff: StaffAccounts,
  sizes: readonly number[],
  onProgress: (done: number) => void,
): Promise<RehearsedSitting> {
  const author = await signIn(origin.origin, staff.author.email, staff.author.password);
  const exam = await author.request("POST", "/v1/exams", loadExam, examSchema);
  const version = await author.request("POST", `/v1/exams/${exam.id}/versions`, null, examVersionSummarySchema);
  const admin = await signIn(origin.origin, staff.admin.email, staff.admin.password);
  const { members } = await admin.request("GET", "/v1/members?may=proctor", null, memberListSchema);
  const memberIds = staff.proctors.map(({ email }) => {
    const member = members.find((each) => each.email === email);
    if (member === undefined) throw new Error(`${email} is no proctor of this institution`);
    return member.memberId;
  });
  const proctorCookies = await Promise.all(staff.proctors.map((account) => cookieOf(origin, account)));
  let done = 0;
  const rooms: RehearsedRoom[] = [];
  for (const [index, size] of sizes.entries()) {
    const body = {
      examVersionId: version.id,
      title: `Rehearsal, room ${index + 1}`,
      opensAt: Date.now() - 60_000,
      closesAt: Date.now() + 6 * 60 * 60 * 1000,
      // A room that is to be measured is not split.
      roomCapacity: size,
    };
    const sitting = await admin.request("POST", "/v1/sittings", body, sittingSchema);
    const path = `/v1/sittings/${sitting.id}`;
    await admin.request("PUT", `${path}/proctors`, { memberIds }, sittingSchema);
    const seats: Seat[] = [];
    for (let from = 0; from < size; from += mostRegistrations) {
      const candidates = Array.from({ length: Math.min(mostRegistrations, size - from) }, (_, at) => ({
        name: `Candidate ${from + at + 1}`,
        email: null,
      }));
      const { links } = await admin.request("POST", `${path}/registrations`, { candidates }, issuedLinksSchema);
      for (let first = 0; first < links.length; first += atOnce) {
        const some = links.slice(first, first + atOnce);
        seats.push(...(await Promise.all(some.map(({ link }) => checkIn(origin, link)))));
        done += some.length;
        onProgress(done);
      }
    }
    rooms.push({ examSessionId: sitting.examSessionId, proctorCookies, seats });
  }
  return { admin, rooms };
}

async function cookieOf(origin: URL, { email, password }: Account): Promise<string> {
  return cookiesIn(await post(origin, "/v1/sign-in", { email, password }));
}

async function post(origin: URL, path: string, body: unknown): Promise<Response> {
  const headers = { origin: origin.origin, "content-type": "application/json" };
  const response = await fetch(new URL(path, origin), { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`POST ${path} was answered ${response.status}: ${await response.text()}`);
  return response;
}
