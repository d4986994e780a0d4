import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { deadlineOf } from "#domain/attempt/deadline.ts";
import { recordOf, resultOf } from "./attempt-record.ts";
import { candidateContext, withBrowser } from "./browser.ts";
import { clockSeen, expectSaved, startExam, timeLeft } from "./candidate.ts";
import { admit, intervene } from "./console.ts";
import { openConsole, signInAs } from "./demo.ts";
import { shortExam } from "./short-exam.ts";
import { asAdmin, placeOf, schedule } from "./sitting.ts";

const dayMs = 24 * 60 * 60 * 1000;

test("the deadline hands in and scores with nobody connected, and a device clock a day off changes no second", async () => {
  const admin = await asAdmin();
  const short = await schedule("Deadline", ["Dead Lindqvist"], shortExam);
  const gone = placeOf(short, "Dead Lindqvist");
  const long = await schedule("Wrong clocks", ["Early Mbeki", "Late Mbeki"]);
  await withBrowser("one", async (browser) => {
    const staff = await signInAs(browser, "proctor");

    await test.step("a candidate answers one of two questions and closes the browser; the proctor goes too", async () => {
      const console = await openConsole(staff, short.examSessionId);
      const context = await candidateContext(browser);
      const page = await startExam(context, gone.link, () => admit(console, gone.name));
      await page.getByRole("radio").nth(1).check();
      await expectSaved(page);
      await context.close();
      await console.close();
    });

    await test.step("meanwhile two candidates have a device clock that is a day wrong", async () => {
      const console = await openConsole(staff, long.examSessionId);
      for (const [name, wrongBy] of [
        ["Early Mbeki", -dayMs],
        ["Late Mbeki", dayMs],
      ] as const) {
        const place = placeOf(long, name);
        const context = await candidateContext(browser);
        await setDeviceClock(context, wrongBy);
        const page = await startExam(context, place.link, () => admit(console, name));
        expect(Math.abs((await page.evaluate(() => Date.now())) - wrongBy - Date.now())).toBeLessThan(5_000);
        await expectRightClock(page, place.attemptId);

        const panel = console.getByRole("region", { name, exact: true });
        const before = await timeLeft(page);
        await intervene(console, panel, "Add time…", "A door slammed", "Add the time");
        await expect.poll(() => timeLeft(page), { timeout: 3_000 }).toBeGreaterThan(before + 4 * 60_000);
        await expect(page.getByTestId("time-notice")).toContainText("A door slammed");
        await expectRightClock(page, place.attemptId);
        await context.close();
      }
    });

    await test.step("the attempt was handed in at the deadline and scored after the grace", async () => {
      await expect
        .poll(() => resultOf(admin, short.sittingId, gone.attemptId), { timeout: 90_000, intervals: [500] })
        .toMatchObject({ status: "handed-in", points: 2, outOf: 4 });
      const { events } = await recordOf(admin, gone.attemptId);
      const opened = events.find(({ fact }) => fact.type === "paperOpened");
      const handedIn = events.find(({ fact }) => fact.type === "handedIn");
      const scored = events.find(({ fact }) => fact.type === "scored");
      expect(handedIn?.fact).toEqual({ type: "handedIn", cause: "deadline" });
      if (opened === undefined || handedIn === undefined || scored === undefined) throw new Error("not in the log");
      expect(handedIn.at - opened.at).toBeGreaterThanOrEqual(60_000);
      expect(handedIn.at - opened.at).toBeLessThan(61_000);
      expect(scored.at - handedIn.at).toBeGreaterThanOrEqual(9_000);
      expect(scored.at - handedIn.at).toBeLessThan(12_000);
    });
  });

  /** What the page shows is rounded up to a whole second; the server's deadline is in the attempt's log. */
  async function expectRightClock(page: Page, attemptId: string): Promise<void> {
    const { events } = await recordOf(admin, attemptId);
    const opened = events.find(({ fact }) => fact.type === "paperOpened");
    const ledger = events.flatMap(({ fact }) => (fact.type === "timeGiven" ? [fact.entry] : []));
    if (opened === undefined) throw new Error("the paper is not open");
    const { leftMs, at } = await clockSeen(page);
    expect(Math.abs(leftMs - 500 - (deadlineOf(opened.at, ledger) - at))).toBeLessThan(1_000);
  }
});

/** Before any script of the page: what it calls now is wrong by so many milliseconds. */
async function setDeviceClock(context: BrowserContext, wrongBy: number): Promise<void> {
  await context.addInitScript((ms) => {
    const RightDate = Date;
    window.Date = new Proxy(RightDate, {
      construct: (target, given, newTarget) =>
        Reflect.construct(target, given.length === 0 ? [RightDate.now() + ms] : given, newTarget),
      get: (target, name, receiver) =>
        name === "now" ? () => RightDate.now() + ms : Reflect.get(target, name, receiver),
    });
  }, wrongBy);
}
