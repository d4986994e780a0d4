import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, expect, type Page, test } from "@playwright/test";
import { chromiumPath } from "#tools/check/chromium.ts";
import { expectNoGap, recordingOf, responsesOf, runOf } from "./attempt-record.ts";
import { flagsFor, laptop, withBrowser } from "./browser.ts";
import { clockSeen, expectSaved, shareAgain, startExam } from "./candidate.ts";
import { admit, expectMovingPicture } from "./console.ts";
import { openConsole, signInAs } from "./demo.ts";
import { withLine } from "./proxy.ts";
import { asAdmin, placeOf, schedule } from "./sitting.ts";

test("a browser that is killed while the line is down comes back to everything it had", async () => {
  const sitting = await schedule("Killed browser", ["Kill Lindqvist"]);
  const place = placeOf(sitting, "Kill Lindqvist");
  const admin = await asAdmin();
  const profile = mkdtempSync(join(tmpdir(), "invigil-killed-"));
  await withBrowser("one", (staffBrowser) =>
    withLine(async (line) => {
      const console = await openConsole(await signInAs(staffBrowser, "proctor"), sitting.examSessionId);
      const panel = console.getByRole("region", { name: place.name, exact: true });
      const camera = panel.locator("video[aria-label^=Camera]");
      let context = await openProfile(profile);
      let lastSeen = { leftMs: 0, at: 0 };
      let keptSegments = 0;

      try {
        let page = await startExam(context, line.linkOf(place), () => admit(console, place.name));
        await test.step("the line is cut, two questions are answered, and the browser is killed", async () => {
          await page.getByRole("radio").nth(1).check();
          await expectSaved(page);
          line.cut();
          await page.getByRole("button", { name: "Next" }).click();
          await page.getByRole("radio").nth(2).check();
          await page.getByRole("button", { name: "Next" }).click();
          await page.getByRole("textbox").fill("11000");
          await expect(page.getByTestId("saving")).toHaveText("Saved on this computer, not yet sent: 2");
          // Two pieces of four seconds of each track: on a busy machine the first picture of a recorder comes late.
          await expect.poll(() => segmentsOnDisk(page), { timeout: 40_000 }).toBeGreaterThanOrEqual(4);
          keptSegments = await segmentsOnDisk(page);
          await expect.poll(() => cookiesOnDisk(profile), { timeout: 40_000 }).toBe(true);
          lastSeen = await clockSeen(page);
          await kill(context, profile);
          await expect(panel.getByText("Connection lost now")).toBeVisible();
        });

        await test.step("the browser starts again at the exam's address: answers, place and time are right", async () => {
          line.mend();
          context = await openProfile(profile);
          page = await context.newPage();
          await page.goto(`${line.origin}/sit/${place.attemptId}`);
          await expect(page.getByRole("heading", { name: /^Question 3 of/ })).toBeVisible();
          const { leftMs, at } = await clockSeen(page);
          expect(Math.abs(leftMs - (lastSeen.leftMs - (at - lastSeen.at)))).toBeLessThan(2_000);
          await expect(page.getByRole("textbox")).toHaveValue("11000");
          await expectSaved(page);
          expect((await responsesOf(admin, place.attemptId)).slice(0, 4)).toEqual([
            { kind: "single-choice", option: "b" },
            { kind: "single-choice", option: "c" },
            { kind: "number", text: "11000" },
            null,
          ]);
        });

        await test.step("shared again, the proctor sees the candidate, and what was recorded before arrives", async () => {
          await shareAgain(page);
          await expect(panel.getByText("Connection lost now")).toBeHidden();
          await expectMovingPicture(camera);
          for (const track of ["camera", "screen"] as const) {
            await expect
              .poll(async () => runOf((await recordingOf(admin, place.attemptId)).segments, track, 1).length, {
                // All that the page before has left goes first.
                timeout: 40_000,
              })
              .toBeGreaterThan(0);
          }
          await expect.poll(() => segmentsOnDisk(page)).toBeLessThan(keptSegments);
          const { segments } = await recordingOf(admin, place.attemptId);
          for (const track of ["camera", "screen"] as const) {
            const run = runOf(segments, track, 0);
            expectNoGap(run);
            // At most one slice of four seconds was in the recorder, and not yet on the disk, when the browser died.
            expect(lastSeen.at - (run.at(-1)?.endsAt ?? 0)).toBeLessThan(6_000);
          }
        });
      } finally {
        await context.close();
        rmSync(profile, { recursive: true, force: true });
      }
    }),
  );
});

function openProfile(profile: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    args: flagsFor("one"),
    viewport: laptop,
  });
}

/** Ends the whole browser at once, as a crash or a power switch would, and clears the lock that it leaves behind. */
async function kill(context: BrowserContext, profile: string): Promise<void> {
  const gone = new Promise((resolve) => context.on("close", resolve));
  for (const pid of processesOf(profile)) process.kill(pid, "SIGKILL");
  await gone;
  await expect.poll(() => processesOf(profile)).toEqual([]);
  for (const file of readdirSync(profile)) {
    if (file.startsWith("Singleton")) rmSync(join(profile, file), { force: true });
  }
}

/** The processes that were started with this profile's directory: no other browser has it. */
function processesOf(profile: string): readonly number[] {
  const lines = execFileSync("ps", ["-eo", "pid=,stat=,args="], { encoding: "utf8" }).split("\n");
  return lines
    .filter((line) => line.includes(`--user-data-dir=${profile}`))
    .filter((line) => !/^\s*\d+\s+Z/.test(line))
    .map((line) => Number.parseInt(line, 10));
}

/** Chromium puts cookies on the disk within half a minute, and one that dies earlier has never known them. */
function cookiesOnDisk(profile: string): boolean {
  return ["Cookies", "Cookies-journal", "Cookies-wal"].some((file) => {
    const path = join(profile, "Default", file);
    return existsSync(path) && readFileSync(path).includes("invigil_attempt");
  });
}

/** How many pieces of the recording this computer still has. */
function segmentsOnDisk(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open("invigil-recording");
        opening.addEventListener("error", () => reject(opening.error));
        opening.addEventListener("success", () => {
          const counting = opening.result.transaction("segments").objectStore("segments").count();
          counting.addEventListener("success", () => {
            opening.result.close();
            resolve(counting.result);
          });
          counting.addEventListener("error", () => reject(counting.error));
        });
      }),
  );
}
