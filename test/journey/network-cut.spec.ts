import { expect, test } from "@playwright/test";
import { expectNoGap, recordingOf, recordOf, runOf } from "./attempt-record.ts";
import { candidateContext, withBrowser } from "./browser.ts";
import { expectSaved, startExam } from "./candidate.ts";
import { admit, expectMovingPicture } from "./console.ts";
import { openConsole, signInAs } from "./demo.ts";
import { withLine } from "./proxy.ts";
import { asAdmin, placeOf, schedule } from "./sitting.ts";

const cutMs = 20_000;

test("a line that is cut for 20 seconds loses no answer and nothing of the recording", async () => {
  const sitting = await schedule("Network cut", ["Cut Lindqvist"]);
  const cut = placeOf(sitting, "Cut Lindqvist");
  const admin = await asAdmin();
  await withBrowser("one", (browser) =>
    withLine(async (line) => {
      const console = await openConsole(await signInAs(browser, "proctor"), sitting.examSessionId);
      const context = await candidateContext(browser);
      await line.carryMedia(context);
      const page = await startExam(context, line.linkOf(cut), () => admit(console, cut.name));
      const panel = console.getByRole("region", { name: cut.name, exact: true });
      const camera = panel.locator("video[aria-label^=Camera]");
      await page.getByRole("radio").nth(1).check();
      await expectSaved(page);
      await expectMovingPicture(camera);
      let cutAt = 0;
      let mendedAt = 0;

      await test.step("what is answered meanwhile is said to be on this computer only", async () => {
        line.cut();
        cutAt = Date.now();
        await page.getByRole("button", { name: "Next" }).click();
        await page.getByRole("radio").nth(2).check();
        await page.getByRole("button", { name: "Next" }).click();
        await page.getByRole("textbox").fill("11000");
        await expect(page.getByTestId("saving")).toHaveText("Saved on this computer, not yet sent: 2");
        await expect(page.getByTestId("connection-lost")).toBeVisible();
      });

      await test.step("the proctor sees that the connection is lost", async () => {
        await expect(panel.getByText("Connection lost now")).toBeVisible();
        await expect(panel.getByText(/The connection was lost for \d+ seconds\.$/)).toBeVisible();
        await expect(panel.getByText(/^Offline since /)).toBeVisible();
      });

      await test.step("after it everything is sent, and the picture moves again", async () => {
        await page.waitForTimeout(cutAt + cutMs - Date.now());
        line.mend();
        mendedAt = Date.now();
        await expectSaved(page);
        await expect(page.getByTestId("connection-lost")).toBeHidden();
        await expect(panel.getByText("Connection lost now")).toBeHidden();
        await expectMovingPicture(camera);
      });

      await test.step("the record holds three answers and the whole recording, also of the time of the cut", async () => {
        const { items } = await recordOf(admin, cut.attemptId);
        expect(items.slice(0, 4).map(({ response }) => response)).toEqual([
          { kind: "single-choice", option: "b" },
          { kind: "single-choice", option: "c" },
          { kind: "number", text: "11000" },
          null,
        ]);
        for (const track of ["camera", "screen"] as const) {
          await expect
            .poll(
              async () => {
                const { segments } = await recordingOf(admin, cut.attemptId);
                return runOf(segments, track, 0).at(-1)?.endsAt ?? 0;
              },
              // The uploads rest between two tries as long as the line does, and send what is older first.
              { timeout: 60_000 },
            )
            .toBeGreaterThan(mendedAt);
          const { segments } = await recordingOf(admin, cut.attemptId);
          const run = runOf(segments, track, 0);
          expectNoGap(run);
          expect(run[0]?.startsAt).toBeLessThan(cutAt);
          // The recorder never stopped: the line was lost, not the camera.
          expect(segments.filter((segment) => segment.track === track)).toEqual(run);
        }
      });
    }),
  );
});
