import { expect, type Page, test } from "@playwright/test";
import { recordOf, responsesOf, resultOf } from "./attempt-record.ts";
import { candidateContext, withBrowser } from "./browser.ts";
import { expectSaved, startExam } from "./candidate.ts";
import { commandDisk } from "./command-disk.ts";
import { admit } from "./console.ts";
import { demo, openConsole, signInAs } from "./demo.ts";
import { look } from "./look.ts";
import { type Line, withLine } from "./proxy.ts";
import { shortExam } from "./short-exam.ts";
import { asAdmin, type Place, placeOf, schedule } from "./sitting.ts";

test("three questions answered without a network are on the candidate's disk, unreadable there, and arrive when it is back", async () => {
  const sitting = await schedule("Offline", ["Off Lindqvist"]);
  const place = placeOf(sitting, "Off Lindqvist");
  const admin = await asAdmin();
  await withBrowser("one", (browser) =>
    withLine(async (line) => {
      const console = await openConsole(await signInAs(browser, "proctor"), sitting.examSessionId);
      const context = await candidateContext(browser);
      const page = await startExam(context, line.linkOf(place), () => admit(console, place.name));

      await test.step("each answer is said to be saved on this computer, and the banner counts them", async () => {
        line.cut();
        await page.getByRole("radio").nth(1).check();
        await expect(page.getByRole("button", { name: "Question 1, answered" })).toBeVisible();
        await page.getByRole("button", { name: "Next" }).click();
        await page.getByRole("radio").nth(2).check();
        await page.getByRole("button", { name: "Next" }).click();
        await page.getByRole("textbox").fill("11000");
        await expect(page.getByTestId("saving")).toHaveText("Saved on this computer, not yet sent: 3");
        await expect(page.getByTestId("not-sent")).toHaveText("Saved on this computer, not yet sent: 3.");
        await look(page, "offline");
      });

      await test.step("who opens the disk reads no answer there and cannot take the key", async () => {
        const disk = await commandDisk(page);
        expect(disk.entries).toBeGreaterThanOrEqual(3);
        expect(disk.keys).toEqual([{ extractable: false }]);
        expect(disk.text).toContain(place.attemptId);
        expect(disk.text).not.toMatch(/11000|saveAnswer|response|single-choice/);
      });

      await test.step("back, all of it is sent, and nothing is left on the disk but the key and the receipt", async () => {
        line.mend();
        await expectSaved(page);
        await expect(page.getByTestId("connection-lost")).toBeHidden();
        expect((await responsesOf(admin, place.attemptId)).slice(0, 4)).toEqual([
          { kind: "single-choice", option: "b" },
          { kind: "single-choice", option: "c" },
          { kind: "number", text: "11000" },
          null,
        ]);
        await expect.poll(() => commandDisk(page)).toMatchObject({ entries: 0, receipts: 1 });
      });

      await test.step("handed in, the key is gone", async () => {
        await page.getByRole("button", { name: "Hand in …", exact: true }).click();
        await page.getByRole("button", { name: "Hand in now" }).click();
        await expect(page.getByRole("heading", { name: "Your exam is handed in" })).toBeVisible();
        await expect.poll(() => commandDisk(page)).toMatchObject({ entries: 0, keys: [], receipts: 1 });
      });
    }),
  );
});

test("at a deadline without a network the page stops and says what is true; soon after it answers count, later they are evidence", async () => {
  test.setTimeout(180_000);
  const sitting = await schedule("Offline deadline", ["Soon Lindqvist", "Long Mbeki"], shortExam);
  const [soon, long] = [placeOf(sitting, "Soon Lindqvist"), placeOf(sitting, "Long Mbeki")];
  const admin = await asAdmin();
  await withBrowser("one", (browser) =>
    withLine((soonLine) =>
      withLine(async (longLine) => {
        const console = await openConsole(await signInAs(browser, "proctor"), sitting.examSessionId);

        const pages = { soon: await begin(soonLine, soon), long: await begin(longLine, long) };
        async function begin(line: Line, place: Place): Promise<Page> {
          const context = await candidateContext(browser);
          return startExam(context, line.linkOf(place), () => admit(console, place.name));
        }

        await test.step("both answer without a network, one of them over an answer that had arrived", async () => {
          await pages.soon.getByRole("radio").nth(0).check();
          await expectSaved(pages.soon);
          soonLine.cut();
          longLine.cut();
          await pages.soon.getByRole("radio").nth(1).check();
          await pages.long.getByRole("radio").nth(1).check();
          await pages.long.getByRole("button", { name: "Next" }).click();
          await pages.long.getByRole("radio").nth(1).check();
        });

        await test.step("who is back within the grace has answers that count, marked late", async () => {
          const page = pages.soon;
          await expectTimeUp(page, 1);
          soonLine.mend();
          await page.getByRole("button", { name: "Try now" }).click();
          await expect(page.getByRole("heading", { name: "Your exam is handed in" })).toBeVisible();
          await expect(page.getByTestId("arrivals")).toHaveText(
            "1 answer came within 10 seconds after the end. It counts, marked late.",
          );
          await look(page, "offline-deadline-late");
        });

        await test.step("who is back later has answers that are kept, and not scored", async () => {
          const page = pages.long;
          await expectTimeUp(page, 2);
          await look(page, "offline-deadline");
          await expect(page.getByTestId("time-up")).toContainText("what arrives now is kept as evidence", {
            timeout: 20_000,
          });
          await look(page, "offline-deadline-evidence");
          longLine.mend();
          await page.getByRole("button", { name: "Try now" }).click();
          await expect(page.getByTestId("arrivals")).toHaveText(
            "2 answers came after the time and were kept as evidence; they are not in the score.",
          );
          await look(page, "offline-deadline-kept");
          await expect.poll(() => commandDisk(page)).toMatchObject({ entries: 0, keys: [] });
        });

        await test.step("the late answer is in the log and in the score", async () => {
          const { events } = await recordOf(admin, soon.attemptId);
          expect(events.flatMap(({ fact }) => (fact.type === "answerSaved" ? [fact.late] : []))).toEqual([false, true]);
          await expect.poll(() => resultOf(admin, sitting.sittingId, soon.attemptId)).toMatchObject({ points: 2 });
        });

        await test.step("a reviewer sees both answers, when they were made, and that they earn nothing", async () => {
          await expect.poll(() => resultOf(admin, sitting.sittingId, long.attemptId)).toMatchObject({ points: 0 });
          const page = await (await signInAs(browser, "reviewer")).newPage();
          await page.goto(`${demo().origin}/review/${long.attemptId}`);
          await expect(page.getByText(/^Kept and not scored: (Four|A) \(made at /)).toHaveCount(2);
          await expect(page.getByText(/arrived too late to count\. It is kept, and not scored\.$/)).toHaveCount(2);
          await look(page, "offline-deadline-review");
        });
      }),
    ),
  );
});

/** The paper is gone, nothing is said to be handed in, and the page goes on trying. */
async function expectTimeUp(page: Page, unsent: number): Promise<void> {
  const notice = page.getByTestId("time-up");
  await expect(notice.getByRole("heading", { name: "Time is up" })).toBeVisible({ timeout: 70_000 });
  await expect(notice).toContainText("saved on this computer and will be sent when the connection is back");
  await expect(notice).toContainText("What arrives within 10 seconds after the end counts and is marked late.");
  await expect(notice).toContainText(`Saved on this computer, not yet sent: ${unsent}`);
  await expect(page.getByRole("radio")).toHaveCount(0);
  await expect(page.getByRole("button", { name: /hand in/i })).toHaveCount(0);
  await expect(page.getByText(/is handed in$/)).toHaveCount(0);
}
