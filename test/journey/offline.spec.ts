import { readFileSync, writeFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { answer } from "#tools/verify/verify.ts";
import { recordOf, responsesOf, resultOf } from "./attempt-record.ts";
import { candidateContext, withBrowser } from "./browser.ts";
import { consent, expectSaved, openExam, passDeviceCheck, startExam } from "./candidate.ts";
import { commandDisk } from "./command-disk.ts";
import { admit } from "./console.ts";
import { demo, openConsole, signInAs } from "./demo.ts";
import { examineZoomed } from "./examine.ts";
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
        await examineZoomed(page, "offline");
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

      await test.step("the receipt that the candidate downloads fits the record that a reviewer downloads", async () => {
        const receipt = await downloadBy(page, "Download the receipt");
        const review = await (await signInAs(browser, "reviewer")).newPage();
        await review.goto(`/review/${place.attemptId}`);
        const record = await downloadBy(review, "Download the record");
        const keys = `${demo().origin}/.well-known/jwks.json`;
        const asked = ["receipt", receipt, "--record", record, "--keys", keys];
        expect(await answer(asked, "/")).toMatchObject({ code: 0, line: expect.stringMatching(/^The receipt fits: /) });
        const changed = readFileSync(record, "utf8").replace("11000", "11001");
        writeFileSync(record, changed);
        expect(await answer(asked, "/")).toMatchObject({ code: 1, line: expect.stringContaining("was changed at or") });
        await review.close();
      });
    }),
  );
});

test("at a deadline without a network the page stops and says what is true; soon after it answers count, later they are evidence", async () => {
  const sitting = await schedule("Offline deadline", ["Soon Lindqvist", "Long Mbeki"], shortExam);
  const [soon, long] = [placeOf(sitting, "Soon Lindqvist"), placeOf(sitting, "Long Mbeki")];
  const admin = await asAdmin();
  await withBrowser("one", (browser) =>
    withLine((soonLine) =>
      withLine(async (longLine) => {
        const console = await openConsole(await signInAs(browser, "proctor"), sitting.examSessionId);

        const pages = { soon: await comeIn(soonLine, soon), long: await comeIn(longLine, long) };
        async function comeIn(line: Line, place: Place): Promise<Page> {
          const page = await consent(await candidateContext(browser), line.linkOf(place));
          await passDeviceCheck(page);
          await admit(console, place.name);
          return page;
        }
        // The exam has one minute, which a slow machine must not spend on the way of the other to it.
        for (const page of [pages.soon, pages.long]) await openExam(page);

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

        // Looked at from now on: what the page says of the grace is true for ten seconds only.
        const longsTimeUp = expectTimeUp(pages.long, 2);
        await test.step("who is back within the grace has answers that count, marked late", async () => {
          const page = pages.soon;
          await expectTimeUp(page, 1);
          soonLine.mend(); // nothing is pressed: within the grace the page itself tries every second [A37]
          await expect(page.getByRole("heading", { name: "Your exam is handed in" })).toBeVisible();
          await expect(page.getByTestId("arrivals")).toHaveText(
            "1 answer came within 10 seconds after the end. It counts, marked late.",
          );
          await examineZoomed(page, "offline-deadline-late");
        });

        await test.step("who is back later has answers that are kept, and not scored", async () => {
          const page = pages.long;
          await longsTimeUp;
          await examineZoomed(page, "offline-deadline");
          await expect(page.getByTestId("time-up")).toContainText("what arrives now is kept as evidence", {
            timeout: 20_000,
          });
          await examineZoomed(page, "offline-deadline-evidence");
          longLine.mend();
          // The page may be back by itself before it is asked to, and the button goes then.
          const arrivals = page.getByTestId("arrivals");
          await page.getByRole("button", { name: "Try now" }).or(arrivals).click();
          await expect(arrivals).toHaveText(
            "2 answers came after the time and were kept as evidence; they are not in the score.",
          );
          await examineZoomed(page, "offline-deadline-kept");
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
          await examineZoomed(page, "offline-deadline-review");
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

async function downloadBy(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name }).click()]);
  return download.path();
}

test("what an older page left readable is sealed and sent, what is damaged is told of, and a browser without storage says so", async () => {
  const sitting = await schedule("Old disks", ["Old Lindqvist", "Bare Mbeki"]);
  const [old, bare] = [placeOf(sitting, "Old Lindqvist"), placeOf(sitting, "Bare Mbeki")];
  const admin = await asAdmin();
  await withBrowser("one", async (browser) => {
    const console = await openConsole(await signInAs(browser, "proctor"), sitting.examSessionId);

    await test.step("an answer of an older page arrives, and lies readable no more", async () => {
      const context = await candidateContext(browser);
      const first = await startExam(context, old.link, () => admit(console, old.name));
      const page = await context.newPage();
      await page.goto("/icon.svg");
      await first.close();
      await leaveAsVersionOne(page, old.attemptId);
      await page.goto(`/sit/${old.attemptId}`);
      await expect.poll(() => responsesOf(admin, old.attemptId)).toContainEqual({ kind: "single-choice", option: "d" });
      await expect.poll(() => commandDisk(page)).toMatchObject({ entries: 0, keys: [{ extractable: false }] });
      expect((await commandDisk(page)).readable).toBe(0);

      await putDamaged(page, old.attemptId);
      await page.reload();
      await expect(page.getByTestId("time-notice")).toContainText("1 change could not be read.");
      await examineZoomed(page, "offline-damaged");
      await context.close();
    });

    await test.step("without storage the page goes on and asks to be kept open", async () => {
      await withLine(async (line) => {
        const context = await candidateContext(browser);
        await context.addInitScript(() => {
          const refuse = (): never => {
            throw new DOMException("storage is off", "SecurityError");
          };
          Object.defineProperty(IDBFactory.prototype, "open", { value: refuse });
        });
        const page = await startExam(context, line.linkOf(bare), () => admit(console, bare.name));
        // What comes by itself moves nothing: a hand that is marking marks what it meant.
        const mark = page.getByRole("radio").nth(1);
        const before = await mark.boundingBox();
        line.cut();
        await mark.check();
        await expect(page.getByTestId("connection-lost")).toBeInViewport();
        expect(await mark.boundingBox()).toEqual(before);
        await expect(page.getByTestId("saving")).toHaveText("Not yet sent: 1, keep this page open");
        await expect(page.getByTestId("connection-lost")).toContainText("kept on this page, so keep it open");
        await examineZoomed(page, "offline-bare");
        line.mend();
        await expectSaved(page);
        await context.close();
      });
    });
  });
});

/** The database as the version before had it, with an answer that was never sent. */
function leaveAsVersionOne(page: Page, attemptId: string): Promise<void> {
  return page.evaluate(async (id) => {
    const name = "invigil-take-exam";
    await new Promise((resolve) => indexedDB.deleteDatabase(name).addEventListener("success", resolve));
    const opening = indexedDB.open(name, 1);
    opening.addEventListener("upgradeneeded", () => {
      const store = opening.result.createObjectStore("commands", { keyPath: ["attemptId", "order", "id"] });
      opening.result.createObjectStore("receipts");
      const response = { kind: "single-choice", option: "d" };
      const body = { type: "saveAnswer", itemId: "spell-pqx", response, agoMs: 0 };
      store.put({ attemptId: id, order: 1, id: "left-by-version-1", at: null, body });
    });
    await new Promise((resolve) => opening.addEventListener("success", resolve));
    opening.result.close();
  }, attemptId);
}

/** A record that nobody sealed. */
function putDamaged(page: Page, attemptId: string): Promise<void> {
  return page.evaluate(async (id) => {
    const opening = indexedDB.open("invigil-take-exam");
    await new Promise((resolve) => opening.addEventListener("success", resolve));
    const store = opening.result.transaction("entries", "readwrite").objectStore("entries");
    const bytes = new Uint8Array(12);
    const put = store.put({ attemptId: id, order: 1, id: "damaged", nonce: bytes, sealed: bytes.buffer });
    await new Promise((resolve) => put.addEventListener("success", resolve));
    opening.result.close();
  }, attemptId);
}
