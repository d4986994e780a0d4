import { beforeEach, describe, expect, it } from "vitest";
import {
  call,
  jsonOf,
  mallory,
  openSchools,
  problemOf,
  rosa,
  type Scheduled,
  scheduleSitting,
  staffCookie,
} from "#test/support/school.ts";

beforeEach(openSchools);

const quarter = { kind: "multiplier", factor: 1.25, reason: "Dyslexia" };
const speaks = { kind: "may-speak", reason: "Reads aloud" };

async function arrange({ sitting }: Scheduled, registrationId: string, body: unknown, who = rosa): Promise<Response> {
  const path = `/v1/sittings/${sitting.id}/registrations/${registrationId}/accommodations`;
  return call("PUT", path, { cookie: await staffCookie(who), body });
}

async function arranged({ sitting }: Scheduled): Promise<unknown> {
  return jsonOf(await call("GET", `/v1/sittings/${sitting.id}/accommodations`, { cookie: await staffCookie(rosa) }));
}

describe("what is arranged for a candidate", () => {
  it("is kept, listed, and replaced as a whole", async () => {
    const school = await scheduleSitting();
    const { registrationId } = school.links[0]!;
    expect(await arranged(school)).toEqual({ accommodations: [] });
    const both = { allowances: [quarter], exceptions: [speaks] };
    expect(await jsonOf(await arrange(school, registrationId, both))).toEqual(both);
    expect(await arranged(school)).toEqual({ accommodations: [{ registrationId, ...both }] });
    const less = { allowances: [], exceptions: [speaks] };
    await jsonOf(await arrange(school, registrationId, less));
    expect(await arranged(school)).toEqual({ accommodations: [{ registrationId, ...less }] });
  });

  it.each([
    [{ ...quarter, factor: 1 }],
    [{ ...quarter, factor: 3.5 }],
    [{ ...quarter, reason: " " }],
    [{ kind: "minutes", minutes: 0, reason: "R" }],
    [{ kind: "minutes", minutes: 2.5, reason: "R" }],
    [{ kind: "hours", hours: 1, reason: "R" }],
  ])("takes no allowance like %j", async (allowance) => {
    const school = await scheduleSitting();
    const body = { allowances: [allowance], exceptions: [] };
    const refused = await arrange(school, school.links[0]!.registrationId, body);
    expect((await problemOf(refused)).code).toBe("bad-request");
    expect(await arranged(school)).toEqual({ accommodations: [] });
  });

  it("is nobody else's: not another school's, and not of a registration that is not there", async () => {
    const school = await scheduleSitting();
    const body = { allowances: [quarter], exceptions: [] };
    const { registrationId } = school.links[0]!;
    expect((await problemOf(await arrange(school, registrationId, body, mallory))).code).toBe("not-found");
    expect((await problemOf(await arrange(school, "nobody", body))).code).toBe("not-found");
    expect(await arranged(school)).toEqual({ accommodations: [] });
  });
});
