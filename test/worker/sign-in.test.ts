import { beforeEach, describe, expect, it } from "vitest";
import {
  call,
  emailOf,
  env,
  jsonOf,
  openSchools,
  origin,
  password,
  problemOf,
  rosa,
  ruth,
  staffCookie,
} from "#test/support/school.ts";
import { presets } from "#domain/access/permission.ts";
import type { Me } from "#protocol/http/sign-in.ts";

beforeEach(openSchools);

function signIn(email: string, given: string): Promise<Response> {
  return call("POST", "/v1/sign-in", { body: { email, password: given } });
}

describe("signing in", () => {
  it("answers who signed in, and sets a cookie that scripts and other sites cannot use", async () => {
    const response = await signIn(emailOf(rosa), password);
    expect(await jsonOf<Me>(response)).toEqual({
      memberId: rosa.id,
      tenantId: rosa.tenantId,
      tenantName: "School of the North",
      name: "rosa",
      email: emailOf(rosa),
      roles: ["admin"],
      customRoles: [],
      permissions: presets.admin,
      secondFactor: "enough",
    });
    const cookie = response.headers.getSetCookie().find((line) => line.startsWith("__Host-invigil_staff="));
    expect(cookie).toMatch(/^__Host-invigil_staff=[\w.-]+;/);
    for (const flag of ["HttpOnly", "Secure", "SameSite=Strict", "Path=/"]) expect(cookie).toContain(flag);
    const me = await call("GET", "/v1/me", { cookie: cookie!.split(";", 1)[0]! });
    expect(await jsonOf<Me>(me)).toMatchObject({ memberId: rosa.id });
  });

  it("takes the e-mail in any letter case", async () => {
    expect((await signIn(emailOf(rosa).toUpperCase(), password)).status).toBe(200);
  });

  it("answers a wrong password and an unknown account with the same words", async () => {
    const wrong = await problemOf(await signIn(emailOf(rosa), "not the password"));
    const unknown = await problemOf(await signIn("nobody@school.example", password));
    expect(wrong).toMatchObject({ status: 401, code: "wrong-credentials" });
    expect({ ...unknown, requestId: "" }).toEqual({ ...wrong, requestId: "" });
  });

  it("lets go of the cookie on signing out", async () => {
    const response = await call("POST", "/v1/sign-out", { cookie: await staffCookie(rosa) });
    expect(response.status).toBe(204);
    expect(response.headers.getSetCookie()[0]).toMatch(/^__Host-invigil_staff=; Max-Age=0; Path=\//);
  });

  it("reads roles at each request, so that one taken away is gone at once", async () => {
    const cookie = await staffCookie(ruth);
    expect((await call("GET", "/v1/sittings", { cookie })).status).toBe(200);
    await env.DB.prepare("delete from member_roles where member_id = ?").bind(ruth.id).run();
    expect((await call("GET", "/v1/sittings", { cookie })).status).toBe(403);
  });

  it("[G26] names cookies so that no host beside ours can set them, but on this computer, where there is no certificate", async () => {
    const { createApp } = await import("#worker/app.ts");
    const cookiesAt = async (base: string) => {
      const body = JSON.stringify({ email: emailOf(rosa), password });
      const headers = { origin: base, "content-type": "application/json" };
      const request = new Request(`${base}/v1/sign-in`, { method: "POST", headers, body });
      return (await createApp().fetch(request, env)).headers.getSetCookie();
    };
    for (const base of ["http://localhost:8787", "http://127.0.0.1:8787"]) {
      const lines = await cookiesAt(base);
      expect(lines.map((line) => line.split("=", 1)[0])).toEqual(["invigil_staff", "invigil_refresh", "invigil_known"]);
      expect(lines.join("\n")).not.toContain("Secure");
    }
    for (const base of ["http://invigil.test", origin]) {
      const lines = await cookiesAt(base);
      expect(lines).toHaveLength(3);
      for (const line of lines) expect(line).toMatch(/^(?:__Host-\w+=.*; Path=\/;|__Secure-).*; Secure/);
    }
  });
});
