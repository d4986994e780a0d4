import { type BrowserContext, expect, test } from "@playwright/test";
import { candidateContext, withBrowser } from "./browser.ts";
import { consent, expectSaved, openExam, passDeviceCheck } from "./candidate.ts";
import { admit, tileOf } from "./console.ts";
import { demo, openConsole, signInAs } from "./demo.ts";
import { shortExam } from "./short-exam.ts";
import { asAdmin, placeOf, schedule } from "./sitting.ts";
import { sittingSchema } from "#protocol/http/sitting.ts";

test("nobody gets at an exam, a console or a record that is not theirs", async () => {
  const sitting = await schedule("Mallory", ["Alice Lindqvist", "Mallory Mbeki"]);
  const alice = placeOf(sitting, "Alice Lindqvist");
  const mallory = placeOf(sitting, "Mallory Mbeki");
  await withBrowser("one", async (browser) => {
    const console = await openConsole(await signInAs(browser, "proctor"), sitting.examSessionId);
    const aliceContext = await candidateContext(browser);
    const malloryContext = await candidateContext(browser);
    const page = await consent(aliceContext, alice.link);

    await test.step("a link that another browser has consented with says so, and shows nothing", async () => {
      const thief = await candidateContext(browser);
      const stolen = await thief.newPage();
      await stolen.goto(alice.link);
      await expect(stolen.getByRole("heading", { name: "Your exam is open on another computer" })).toBeVisible();
      await expect(stolen.getByText(alice.name)).toHaveCount(0);
      await expect(stolen.getByText("Aviation", { exact: false })).toHaveCount(0);
      for (const end of ["", "/segments"]) {
        expect((await thief.request.get(`/v1/sit/${alice.attemptId}${end}`)).status()).toBe(401);
      }
      expect(await socketOpens(thief, `/v1/sit/${alice.attemptId}/socket`)).toBe(false);
      await thief.close();
    });

    await test.step("a link that was never issued, or no longer holds, says what to do", async () => {
      const wrong = await malloryContext.newPage();
      await wrong.goto(`/sit#${"x".repeat(43)}`);
      await expect(wrong.getByText("This link leads to no exam")).toBeVisible();
      await expect(wrong.getByText(/A newer link may have replaced it/)).toBeVisible();
      const now = Date.now();
      const past = { opensAt: now - 7_200_000, closesAt: now - 3_600_000 };
      const over = await schedule("Over", ["Late Mallory"], shortExam, past);
      await wrong.goto("/sign-in");
      await wrong.goto(placeOf(over, "Late Mallory").link);
      await expect(wrong.getByText("This link is no longer valid")).toBeVisible();
      await expect(wrong.getByText("Ask your institution for a new link.")).toBeVisible();
      await wrong.close();
    });

    await test.step("a candidate's cookie opens nothing by itself, not even that candidate's own attempt", async () => {
      await consent(malloryContext, mallory.link);
      const { request } = malloryContext;
      for (const path of [
        `/v1/sit/${mallory.attemptId}`,
        `/v1/sit/${alice.attemptId}`,
        `/v1/sit/${alice.attemptId}/segments`,
        `/v1/attempts/${mallory.attemptId}`,
        `/v1/attempts/${alice.attemptId}/recording`,
        "/v1/exam-sessions",
        `/v1/sittings/${sitting.sittingId}/results`,
        "/v1/exams",
      ]) {
        expect((await request.get(path)).status(), path).toBe(401);
      }
      // The browser sends the cookie to its own attempt only; a program sends it anywhere.
      const own = await malloryContext.cookies(`${demo().origin}/v1/sit/${mallory.attemptId}`);
      const cookie = own.map(({ name, value }) => `${name}=${value}`).join("; ");
      expect(cookie).toContain("invigil_attempt=");
      for (const { attemptId } of [mallory, alice]) {
        const answer = await fetch(`${demo().origin}/v1/sit/${attemptId}`, { headers: { cookie } });
        expect(answer.status).toBe(401);
      }
      const viewers = `/v1/exam-sessions/${sitting.examSessionId}/viewers`;
      expect((await request.post(viewers, { headers: { origin: demo().origin } })).status()).toBe(401);
      expect(await socketOpens(malloryContext, `/v1/exam-sessions/${sitting.examSessionId}/socket?after=0`)).toBe(
        false,
      );
      expect(await socketOpens(malloryContext, `/v1/sit/${alice.attemptId}/socket`)).toBe(false);
    });

    await test.step("a page of the staff leads to the sign-in", async () => {
      const visitor = await malloryContext.newPage();
      for (const path of ["/manage/exams", `/proctor/${sitting.examSessionId}`, `/review/${alice.attemptId}`]) {
        await visitor.goto(path);
        await expect(visitor).toHaveURL(/\/sign-in/);
        await expect(visitor.getByLabel("Password", { exact: true })).toBeVisible();
      }
      await visitor.close();
    });

    await test.step("a proctor has no say over exams, results, or sessions of others", async () => {
      const admin = await asAdmin();
      const others = await schedule("Not theirs", ["Bob Mbeki"]);
      const nobody = { memberIds: [] };
      await admin.request("PUT", `/v1/sittings/${others.sittingId}/proctors`, nobody, sittingSchema);
      const proctor = await signInAs(browser, "proctor");
      for (const path of ["/v1/exams", `/v1/sittings/${sitting.sittingId}/results`]) {
        expect((await proctor.request.get(path)).status(), path).toBe(403);
      }
      const viewers = `/v1/exam-sessions/${others.examSessionId}/viewers`;
      const asked = await proctor.request.post(viewers, { headers: { origin: demo().origin } });
      expect([403, 404]).toContain(asked.status());
      expect(await socketOpens(proctor, `/v1/exam-sessions/${others.examSessionId}/socket?after=0`)).toBe(false);
      const manage = await proctor.newPage();
      await manage.goto("/manage/exams");
      await expect(manage.getByText("Your account may not do this")).toBeVisible();
      await proctor.close();
    });

    await test.step("a stolen link asks at the door, where the proctor sees it, and the exam goes on where it is", async () => {
      await passDeviceCheck(page);
      await admit(console, alice.name);
      await openExam(page);
      const stolen = await malloryContext.newPage();
      await stolen.goto(alice.link);
      await stolen.getByRole("button", { name: "Ask the proctor to let you go on here" }).click();
      await expect(stolen.getByText(/The proctor was asked at/)).toBeVisible();
      await expect(stolen.getByRole("radio")).toHaveCount(0);
      expect(await socketOpens(malloryContext, `/v1/sit/${alice.attemptId}/socket`)).toBe(false);
      await expect(tileOf(console, alice.name)).toContainText("Other computer");
      const panel = console.getByRole("region", { name: alice.name, exact: true });
      await panel.getByRole("button", { name: "Refuse…" }).click();
      await panel.getByRole("textbox", { name: /Why not/ }).fill("Alice sits at her own computer.");
      await panel.getByRole("button", { name: "Refuse", exact: true }).click();
      await expect(stolen.getByText("Alice sits at her own computer.")).toBeVisible();
      await page.getByRole("radio").first().check();
      await expectSaved(page);
    });
  });
});

/** Whether a socket of a page of this profile gets as far as a first word from the session. */
async function socketOpens(context: BrowserContext, path: string): Promise<boolean> {
  const page = await context.newPage();
  await page.goto("/sign-in");
  const opens = await page.evaluate(
    (address) =>
      new Promise<boolean>((resolve) => {
        const socket = new WebSocket(`ws://${window.location.host}${address}`);
        socket.addEventListener("message", () => resolve(true));
        socket.addEventListener("close", () => resolve(false));
      }),
    path,
  );
  await page.close();
  return opens;
}
