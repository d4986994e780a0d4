import { expect, test } from "@playwright/test";
import { unzipSync } from "fflate";
import { candidateListSchema } from "#protocol/http/retention.ts";
import { candidateContext, withBrowser } from "./browser.ts";
import { startExam } from "./candidate.ts";
import { admit } from "./console.ts";
import { demo, openConsole, signInAs } from "./demo.ts";
import { examine } from "./examine.ts";
import { shortExam } from "./short-exam.ts";
import { asAdmin, placeOf, schedule } from "./sitting.ts";

const name = "Dora Vale";

test("an attempt is kept from being deleted where it is reviewed, and a review says of what is gone why and since when", async () => {
  test.setTimeout(240_000);
  const sitting = await schedule("A sitting that is kept", [name], shortExam);
  const { attemptId, link } = placeOf(sitting, name);
  const admin = await asAdmin();
  await withBrowser("one", async (browser) => {
    await test.step("an exam is sat and handed in", async () => {
      const console = await openConsole(await signInAs(browser, "proctor"), sitting.examSessionId);
      const page = await startExam(await candidateContext(browser), link, () => admit(console, name));
      await page.getByRole("radio").nth(1).check();
      await expect(page.getByRole("heading", { name: /handed in|time is up|over/i })).toBeVisible({ timeout: 75_000 });
      await page.close();
      await console.close();
    });

    const page = await (await signInAs(browser, "admin")).newPage();
    const holds = page.getByRole("region", { name: "Legal holds" });

    async function hold(reason: string): Promise<void> {
      await holds.getByRole("button", { name: "Keep it from being deleted …" }).click();
      await page.getByRole("textbox", { name: "Why" }).fill(reason);
      await page.getByRole("button", { name: "Place the hold" }).click();
      await expect(holds.getByRole("listitem").filter({ hasText: reason })).toBeVisible();
    }

    async function release(): Promise<void> {
      await holds.getByRole("button", { name: "Release …" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Release" }).click();
      await expect(holds.getByRole("button", { name: "Release …" })).toHaveCount(0);
      await expect(holds.getByText("None stands: it is deleted when its time is over.")).toBeVisible();
    }

    await test.step("the attempt is held from its review, and the hold is lifted there", async () => {
      await page.goto(`/review/${attemptId}`);
      await hold("The candidate has appealed");
      await examine(page, "review-held-from-deletion");
      await release();
    });

    await test.step("the sitting is held from its page", async () => {
      await page.goto(`/manage/sittings/${sitting.sittingId}`);
      await hold("An inquiry into the whole day");
      await holds.scrollIntoViewIfNeeded();
      await examine(page, "sitting-held-from-deletion");
      await page.goto(`/review/${attemptId}`);
      await expect(holds.getByRole("listitem").filter({ hasText: "inquiry" })).toContainText("Sitting");
      await release();
    });

    const { candidates } = await admin.request("GET", "/v1/candidates?search=Dora", null, candidateListSchema);
    const person = candidates.find((one) => one.attempts.some((attempt) => attempt.attemptId === attemptId));

    await test.step("[D14] the recording that is handed out to its person plays", async () => {
      const answer = await page.request.get(`${demo().origin}/v1/candidates/${person?.id}/data`);
      const files = unzipSync(await answer.body());
      expect(Object.keys(files)).toContain("exam-1/recording/screen-0.webm");
      const camera = Buffer.from(files["exam-1/recording/camera-0.webm"]!).toString("base64");
      const seen = await page.evaluate(async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const video = document.createElement("video");
        video.src = URL.createObjectURL(new Blob([bytes], { type: "video/webm" }));
        video.muted = true;
        await video.play();
        // Past the first pieces of four seconds: they are one recording again.
        video.currentTime = 9;
        await new Promise((resolve) => video.addEventListener("seeked", resolve, { once: true }));
        return { width: video.videoWidth, at: video.currentTime };
      }, camera);
      expect(seen.width).toBeGreaterThan(100);
      expect(seen.at).toBeGreaterThan(8);
    });

    await test.step("what is gone is said in the review: that it was deleted, when, and why", async () => {
      const { origin } = demo();
      const answer = await page.request.delete(`${origin}/v1/candidates/${person?.id}`, {
        data: { name },
        headers: { origin },
      });
      expect(answer.status()).toBe(200);
      await page.reload();
      await expect(page.getByText("What happened in this attempt was deleted")).toBeVisible();
      const deleted = page.getByRole("list", { name: "What was deleted" }).getByRole("listitem");
      await expect(deleted).toHaveCount(5);
      await expect(deleted.first()).toContainText(/Recordings: deleted on .*, because the person asked for it/);
      await examine(page, "review-deleted");
    });
  });
});
