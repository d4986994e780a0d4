import { beforeEach, describe, expect, it, vi } from "vitest";
import { mostRows } from "#protocol/http/field.ts";
import type { InvitedMembers, Member } from "#protocol/http/member.ts";
import {
  call,
  emailOf,
  env,
  jsonOf,
  keyOf,
  lin,
  mallory,
  marek,
  openSchools,
  problemOf,
  rosa,
  staffCookie,
} from "#test/support/school.ts";

let admin: { cookie: string };

beforeEach(async () => {
  await openSchools();
  admin = { cookie: await staffCookie(rosa) };
});

const someone = { name: "Emmy", email: "emmy@school.example", roles: ["author"], customRoleIds: [] as string[] };

async function invite(members: readonly unknown[]): Promise<InvitedMembers> {
  return jsonOf<InvitedMembers>(await call("POST", "/v1/members/bulk", { ...admin, body: { members } }));
}

async function inviteCsv(text: string): Promise<Response> {
  const headers = { "content-type": "text/csv" };
  return call("POST", "/v1/members/bulk", { ...admin, headers, body: text });
}

async function member(text: string): Promise<Member | undefined> {
  return (await jsonOf<{ members: Member[] }>(await call("GET", `/v1/members?text=${text}`, admin))).members[0];
}

async function rowsIn(table: string): Promise<number | null> {
  return env.DB.prepare(`select count(*) as n from ${table} where tenant_id = 'north'`).first<number>("n");
}

describe("many members in one call", () => {
  it("[K35] are 5,000, each invited with a link of their own, and each in the audit", async () => {
    const before = [await rowsIn("members"), await rowsIn("audit_entries")] as const;
    const began = Date.now();
    const members = Array.from({ length: mostRows }, (_, at) => ({ ...someone, email: `person.${at}@school.example` }));
    const { invited, refused } = await invite(members);
    console.log(`${invited.length} members were invited in ${Date.now() - began} ms`);
    expect(refused).toEqual([]);
    expect(new Set(invited.map(({ link }) => link)).size).toBe(mostRows);
    expect(invited[4_998]).toMatchObject({ row: 4_999, email: "person.4998@school.example" });
    expect(await rowsIn("members")).toBe(before[0]! + mostRows);
    expect(await rowsIn("member_roles")).toBeGreaterThan(mostRows);
    expect(await rowsIn("audit_entries")).toBe(before[1]! + mostRows);
    expect(await env.DB.prepare("select count(*) as n from members where password_hash = ''").first("n")).toBe(
      mostRows,
    );
  }, 60_000);

  it("[K35] come in by their links, with the roles of their rows", async () => {
    const { invited } = await invite([{ ...someone, roles: ["author", "proctor"] }]);
    const token = new URL(invited[0]!.link).hash.slice(1);
    const accepted = await call("POST", "/v1/invitations/accept", { body: { token, password: "many words in a row" } });
    expect(accepted.status).toBe(200);
    expect(await member("emmy")).toMatchObject({ state: "active", roles: ["author", "proctor"] });
  });

  it("[K35] are told row by row what is wrong, and the others are invited", async () => {
    const foreign = await call("POST", "/v1/roles", {
      cookie: await staffCookie(mallory),
      body: { name: "Southern", permissions: ["schedule"] },
    });
    const { roleId } = await jsonOf<{ roleId: string }>(foreign);
    const { invited, refused } = await invite([
      someone,
      { ...someone, name: " ", email: "nobody" },
      { ...someone, email: emailOf(lin) },
      { ...someone, email: emailOf(mallory) },
      { ...someone, email: emailOf(marek) },
      { ...someone, email: "EMMY@school.example" },
      { ...someone, email: "other@school.example", customRoleIds: [roleId] },
      { ...someone, email: "another@school.example", roles: ["operator"] },
      null,
      { ...someone, email: "last@school.example" },
    ]);
    expect(invited.map(({ row, email }) => [row, email])).toEqual([
      [1, "emmy@school.example"],
      [10, "last@school.example"],
    ]);
    expect(refused.map(({ row, code }) => [row, code])).toEqual([
      [2, "bad-request"],
      [3, "email-taken"],
      [4, "email-taken"],
      [5, "email-taken"],
      [6, "email-taken"],
      [7, "bad-request"],
      [8, "bad-request"],
      [9, "bad-request"],
    ]);
    expect(refused[0]!.detail).toBe("Not as described: name, email.");
    expect(refused[4]!.detail).toBe("Row 1 has the same address.");
    expect(await member("another")).toBeUndefined();
  });

  it("[K35] [K8] who left is a member again under the same id, with the roles of the row alone", async () => {
    await call("DELETE", `/v1/members/${lin.id}`, admin);
    const { invited } = await invite([{ ...someone, name: "Lin again", email: emailOf(lin) }]);
    expect(invited[0]!.memberId).toBe(lin.id);
    expect(await member("lin")).toMatchObject({ name: "Lin again", state: "invited", roles: ["author"] });
  });

  it("[K35] are invited by one of two who do it at the same moment", async () => {
    const both = await Promise.all([invite([someone]), invite([someone])]);
    expect(both.flatMap(({ invited }) => invited)).toHaveLength(1);
    expect(both.flatMap(({ refused }) => refused)).toMatchObject([{ row: 1, code: "email-taken" }]);
  });

  it("[K35] [K8] who left is invited by one of two who do it at the same moment, with the roles that this one gives", async () => {
    await call("DELETE", `/v1/members/${lin.id}`, admin);
    const back = (roles: readonly string[]) => invite([{ ...someone, email: emailOf(lin), roles }]);
    const both = await Promise.all([back(["author"]), back(["proctor"])]);
    expect(both.flatMap(({ refused }) => refused)).toMatchObject([{ row: 1, code: "email-taken" }]);
    const first = both.findIndex(({ invited }) => invited.length === 1);
    expect(await member("Emmy")).toMatchObject({ memberId: lin.id, roles: [["author"], ["proctor"]][first] });
    const token = new URL(both[first]!.invited[0]!.link).hash.slice(1);
    expect((await call("POST", "/v1/invitations/read", { body: { token } })).status).toBe(200);
    expect(
      await env.DB.prepare("select count(*) as n from audit_entries where kind = 'member-invited'").first("n"),
    ).toBe(1);
  });

  it("[K35] [K9] who left is invited by one of two institutions that do it at the same moment, or by the first", async () => {
    await call("DELETE", `/v1/members/${lin.id}`, admin);
    const body = { members: [{ ...someone, email: emailOf(lin) }] };
    const there = { cookie: await staffCookie(mallory) };
    const elsewhere = async () => jsonOf<InvitedMembers>(await call("POST", "/v1/members/bulk", { ...there, body }));
    const both = await Promise.all([invite(body.members), elsewhere()]);
    expect(both.flatMap(({ invited }) => invited)).toHaveLength(1);
    expect(both.flatMap(({ refused }) => refused)).toMatchObject([{ row: 1, code: "email-taken" }]);
    for (const by of [admin, there]) {
      const path = `/v1/members?email=${emailOf(lin)}&state=invited`;
      const {
        members: [one],
      } = await jsonOf<{ members: Member[] }>(await call("GET", path, by));
      if (one !== undefined) await call("DELETE", `/v1/members/${one.memberId}`, by);
    }
    expect((await elsewhere()).invited).toHaveLength(1);
    expect((await invite(body.members)).refused).toMatchObject([{ code: "email-taken" }]);
  });

  it("[K35] of whom only some could be written are answered with their links, and the others told that it broke", async () => {
    const said = vi.spyOn(console, "error").mockReturnValue();
    await env.DB.prepare(
      `create trigger breaks before insert on members when new.email = 'person.700@school.example'
        begin select raise(abort, 'the disk is full'); end`,
    ).run();
    const members = Array.from({ length: 1_200 }, (_, at) => ({ ...someone, email: `person.${at}@school.example` }));
    const answer = await call("POST", "/v1/members/bulk", { ...admin, body: { members } });
    await env.DB.prepare("drop trigger breaks").run();
    const { invited, refused } = await jsonOf<InvitedMembers>(answer);
    expect(invited.map(({ row }) => row)).toEqual(Array.from({ length: 500 }, (_, at) => at + 1));
    expect(refused.map(({ row }) => row)).toEqual(Array.from({ length: 700 }, (_, at) => at + 501));
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(["internal-error"]));
    const lines = said.mock.calls.map(([line]) => JSON.parse(String(line)) as { error: string });
    said.mockRestore();
    expect(lines).toMatchObject([{ event: "request-failed", route: "/v1/members/bulk" }]);
    expect(lines[0]!.error).toContain("the disk is full");
  });

  it("[K35] changes nobody where all are refused, and the audit has nothing of it", async () => {
    const before = [await rowsIn("members"), await rowsIn("audit_entries")];
    expect((await invite([{ ...someone, email: emailOf(lin) }])).invited).toEqual([]);
    expect([await rowsIn("members"), await rowsIn("audit_entries")]).toEqual(before);
  });

  it("are at least one, at most 5,000, and JSON or CSV", async () => {
    for (const body of [{ members: [] }, { members: Array(5_001).fill(0) }, {}, [], null]) {
      const answer = await problemOf(await call("POST", "/v1/members/bulk", { ...admin, body }));
      expect(answer.code).toBe("bad-request");
    }
    for (const type of ["text/plain", "text/csv; charset=iso-8859-1"]) {
      const headers = { "content-type": type };
      const answer = await call("POST", "/v1/members/bulk", { ...admin, headers, body: "name,email" });
      expect(await problemOf(answer)).toMatchObject({ code: "unsupported-media-type" });
    }
  });

  it("[K35] is for who may manage members", async () => {
    const key = await keyOf(rosa, ["read-members", "schedule"]);
    const answer = await call("POST", "/v1/members/bulk", { key, body: { members: [someone] } });
    expect(await problemOf(answer)).toMatchObject({ code: "not-allowed" });
  });
});

describe("members as CSV", () => {
  it("[K35] are invited as those in JSON are, and told by the row under the header", async () => {
    const text =
      '\uFEFFName,email,roles,team\r\n"Noether, Emmy",emmy@school.example,author proctor,x\r\n\r\nNo Address,,,\r\n';
    const { invited, refused } = await jsonOf<InvitedMembers>(await inviteCsv(text));
    expect(invited).toMatchObject([{ row: 1, email: "emmy@school.example" }]);
    expect(refused).toEqual([{ row: 3, code: "bad-request", detail: "Not as described: email." }]);
    expect(await member("emmy")).toMatchObject({ name: "Noether, Emmy", roles: ["author", "proctor"] });
  });

  it("[K35] hold roles of the institution's own, by their ids", async () => {
    const headers = { cookie: await staffCookie(rosa) };
    const role = await jsonOf<{ roleId: string }>(
      await call("POST", "/v1/roles", { ...headers, body: { name: "Clerk", permissions: ["read-exams"] } }),
    );
    await jsonOf(await inviteCsv(`name,email,custom_role_ids\nEmmy,emmy@school.example,${role.roleId}\n`));
    expect(await member("emmy")).toMatchObject({ customRoles: [{ roleId: role.roleId }] });
  });

  it("are read with semicolons or tabs too, as the first row has it", async () => {
    for (const [at, sign] of [";", "\t"].entries()) {
      const text = `name${sign}email\nEmmy, of Erlangen${sign}emmy${at}@school.example\n`;
      expect((await jsonOf<InvitedMembers>(await inviteCsv(text))).invited).toHaveLength(1);
    }
  });

  it("are refused as a whole where columns are missing or named twice, or the file is not UTF-8", async () => {
    const wrong = {
      "name,roles\nEmmy,author\n": "Not among them: email",
      "name,email,name\nEmmy,e@x.example,E\n": "twice: name",
      "name,email\nM\uFFFDller,m@x.example\n": "not UTF-8",
    };
    for (const [text, detail] of Object.entries(wrong)) {
      expect((await problemOf(await inviteCsv(text))).detail).toContain(detail);
    }
  });

  it("are refused as a whole where there are too many rows or lines", async () => {
    for (const row of ["Emmy,e@x.example\n", "\n\n\n"]) {
      const answer = await problemOf(await inviteCsv(`name,email\n${row.repeat(mostRows + 1)}`));
      expect(answer).toMatchObject({ code: "bad-request", detail: "members: 1 to 5000 rows are taken at a time." });
    }
  });

  it("have a row refused whose quotation marks do not match, or that has a cell too many", async () => {
    const text = 'name,email\nA,a@x.example,1\nB,b@x.example\n"C,c@x.example\n';
    const { invited, refused } = await jsonOf<InvitedMembers>(await inviteCsv(text));
    expect(invited.map(({ row }) => row)).toEqual([2]);
    expect(refused.map(({ row }) => row)).toEqual([1, 3]);
  });
});
