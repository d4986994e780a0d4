import { examSchema, examVersionSummarySchema } from "#protocol/http/exam.ts";
import { memberListSchema } from "#protocol/http/member.ts";
import { issuedLinksSchema } from "#protocol/http/registration.ts";
import { sittingSchema } from "#protocol/http/sitting.ts";
import { signIn } from "./api-client.ts";
import { demoExam } from "./demo-exam.ts";
import { type DemoMember, demoMembers, neighbours } from "./demo-members.ts";

type Account = Pick<DemoMember, "email" | "password" | "roles">;

/** What a person needs to try the product, and what `.wrangler/demo.json` holds. */
export type Demo = {
  readonly origin: string;
  readonly staff: readonly Account[];
  /** Those of an institution in another home, which has nothing yet. */
  readonly neighbours: readonly Account[];
  readonly examSessionId: string;
  readonly candidateLinks: readonly string[];
};

const candidates = [
  { name: "Ada Lindqvist", email: "ada@cadets.example" },
  { name: "Grace Mbeki", email: "grace@cadets.example" },
  { name: "Mateo Silva", email: "mateo@cadets.example" },
  { name: "Yuki Tanaka", email: "yuki@cadets.example" },
  { name: "Priya Raman", email: "priya@cadets.example" },
  { name: "Jonas Weber", email: null },
];

const hourMs = 60 * 60 * 1000;

/**
 * Writes, publishes and schedules the demo exam through the running product's own API, as the people of the demo would.
 * The demo's tenant and members must be there (`applyDemoMembers`).
 */
export async function seedDemo({ origin, now = Date.now() }: { origin: string; now?: number }): Promise<Demo> {
  const author = await signInWith(origin, "author");
  const exam = await author.request("POST", "/v1/exams", demoExam, examSchema);
  const version = await author.request("POST", `/v1/exams/${exam.id}/versions`, null, examVersionSummarySchema);

  const admin = await signInWith(origin, "admin");
  const window = { opensAt: now - hourMs, closesAt: now + 30 * 24 * hourMs };
  const newSitting = { examVersionId: version.id, title: "Ground School Test, open month", ...window };
  const sitting = await admin.request("POST", "/v1/sittings", newSitting, sittingSchema);
  const path = `/v1/sittings/${sitting.id}`;
  const { links } = await admin.request("POST", `${path}/registrations`, { candidates }, issuedLinksSchema);
  const { members: proctors } = await admin.request("GET", "/v1/members?may=proctor", null, memberListSchema);
  const memberIds = proctors.map(({ memberId }) => memberId);
  await admin.request("PUT", `${path}/proctors`, { memberIds }, sittingSchema);

  return {
    origin,
    staff: accountsOf(demoMembers),
    neighbours: accountsOf(neighbours),
    examSessionId: sitting.examSessionId,
    candidateLinks: links.map(({ link }) => link),
  };
}

function accountsOf(members: readonly DemoMember[]): readonly Account[] {
  return members.map(({ email, password, roles }) => ({ email, password, roles }));
}

function signInWith(origin: string, role: "admin" | "author") {
  const member = demoMembers.find(({ roles }: DemoMember) => roles.includes(role));
  if (member === undefined) throw new Error(`The demo has no ${role}`);
  return signIn(origin, member.email, member.password);
}
