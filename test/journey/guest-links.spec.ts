import { readFile } from "node:fs/promises";
import { type Download, expect, type Page, test } from "@playwright/test";
import { renderSVG } from "uqr";
import { candidateContext, withBrowser } from "./browser.ts";
import { consent } from "./candidate.ts";
import { demo, signInAs } from "./demo.ts";
import { examine, examineZoomed } from "./examine.ts";
import { placeOf, schedule } from "./sitting.ts";

const dayMs = 86_400_000;

async function textOf(download: Promise<Download>): Promise<string> {
  return readFile(await (await download).path(), "utf8");
}

function linesOf(calendar: string): readonly string[] {
  return calendar.replaceAll("\r\n ", "").split("\r\n");
}

/** As a `datetime-local` field takes it, in the zone of the browser, which is that of this program. */
function fieldOf(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

function rowOf(page: Page, name: string) {
  return page.getByRole("row").filter({ hasText: name }).first();
}

test("[G83] [G85] [G86] staff give out links as text, codes and calendar files, see what became of them, and withdraw one", async () => {
  test.setTimeout(240_000);
  const name = "Paula Print";
  const opensAt = Math.ceil((Date.now() + 2 * dayMs) / 60_000) * 60_000;
  const window = { opensAt, closesAt: opensAt + 3_600_000 };
  const sitting = await schedule("Guest links", [name, "Quentin Quill"], undefined, window);
  await withBrowser("one", async (browser) => {
    const staff = await (await signInAs(browser, "admin")).newPage();
    await staff.goto(`/manage/sittings/${sitting.sittingId}`);
    const candidates = await candidateContext(browser);
    const page = await consent(candidates, placeOf(sitting, name).link);

    await test.step("[G86] whoever comes too early takes the time along", async () => {
      const early = await candidates.newPage();
      await early.goto(placeOf(sitting, "Quentin Quill").link);
      await expect(early.getByText(/Your exam begins at the earliest on/)).toBeVisible();
      const downloaded = early.waitForEvent("download");
      await early.getByRole("button", { name: "Add to your calendar" }).click();
      const lines = linesOf(await textOf(downloaded));
      const stamp = new Date(opensAt).toISOString().replaceAll(/[-:]|\.\d{3}/g, "");
      expect(lines).toContain(`DTSTART:${stamp}`);
      expect(lines).toContain(`URL:${placeOf(sitting, "Quentin Quill").link}`);
      await examine(early, "sit-early");
      await early.close();
    });

    await test.step("[G83] the list says who has come", async () => {
      await staff.reload();
      await expect(rowOf(staff, name)).toContainText("In use by one browser");
      await expect(rowOf(staff, "Quentin Quill")).toContainText(/Opened /);
    });

    await test.step("[G82] a link is withdrawn, and the page that is open by it says so within a second", async () => {
      await staff.getByRole("button", { name: `Withdraw the link … of ${name}` }).click();
      await examine(staff, "withdraw-link");
      const withdrawn = staff.waitForResponse((response) => response.request().method() === "DELETE");
      await staff.getByRole("button", { name: "Withdraw it" }).click();
      await withdrawn;
      await expect(page.getByText("Your institution has withdrawn this link")).toBeVisible({ timeout: 2_000 });
      await expect(rowOf(staff, name)).toContainText(/Withdrawn /);
      await expect(staff.getByRole("button", { name: `Withdraw the link … of ${name}` })).toHaveCount(0);
      await examine(page, "sit-withdrawn");
    });

    await test.step("[G81] a new link that is good from tomorrow on", async () => {
      await staff.getByRole("button", { name: `New link … for ${name}` }).click();
      await staff.getByText("Set when the link is good").click();
      await staff.getByLabel("Not before").fill(fieldOf(Date.now() + dayMs));
      await staff.getByLabel("Not after").fill(fieldOf(Date.now() + dayMs / 2));
      await expect(staff.getByText("The link would end before it begins.")).toBeVisible();
      await staff.getByLabel("Not after").fill("");
      await examineZoomed(staff, "new-link-times");
      await staff.getByRole("button", { name: "Issue a new link", exact: true }).click();
      await expect(rowOf(staff, name)).toContainText(/Good from /);
      const link = (await staff.getByRole("textbox", { name: "Names and links" }).inputValue()).split("\t")[1] ?? "";
      await page.goto("/check");
      await page.goto(link);
      await expect(page.getByRole("heading", { name: "Your link opens later" })).toBeVisible();
      await examineZoomed(page, "sit-too-early");
      const downloaded = page.waitForEvent("download");
      await page.getByRole("button", { name: "Add to your calendar" }).click();
      expect(linesOf(await textOf(downloaded))).toContain("SUMMARY:Your exam: the link opens");
    });

    await test.step("[G82] and one that is good now, by which the candidate comes back to the place that was kept", async () => {
      await staff.getByRole("button", { name: `New link … for ${name}` }).click();
      await staff.getByRole("button", { name: "Issue a new link", exact: true }).click();
      await expect(rowOf(staff, name)).toContainText("Never opened");
      const link = (await staff.getByRole("textbox", { name: "Names and links" }).inputValue()).split("\t")[1] ?? "";
      await page.goto("/check");
      await page.goto(link);
      await expect(page.getByRole("button", { name: "Turn on camera and microphone" })).toBeVisible();
    });

    await test.step("[G85] the codes hold the links, and are printed by themselves", async () => {
      await staff.getByRole("button", { name: "Done" }).click();
      await staff.getByRole("button", { name: "Hide them" }).click();
      await staff.getByRole("button", { name: "Add candidates" }).click();
      const added = ["Rita Rook", "Sam Sparrow", "Tove Tern"];
      await staff.getByLabel("Candidates", { exact: true }).fill(added.join("\n"));
      await examine(staff, "add-candidates");
      await staff.getByRole("button", { name: "Add 3 candidates and issue links" }).click();
      const asked: string[] = [];
      await staff.getByRole("button", { name: "QR codes", exact: true }).click();
      staff.on("request", (request) => asked.push(request.url()));
      const code = staff.getByRole("img", { name: "QR code of the link for Rita Rook" });
      await expect(code).toBeVisible();
      const lines = (await staff.getByRole("textbox", { name: "Names and links" }).inputValue()).split("\n");
      const link = lines.find((line) => line.startsWith("Rita Rook"))?.split("\t")[1] ?? "";
      expect(link).toContain(`${demo().origin}/sit#`);
      const drawn = renderSVG(link, { ecc: "M", border: 3 });
      expect(await code.getAttribute("src")).toBe(`data:image/svg+xml,${encodeURIComponent(drawn)}`);
      expect(asked.filter((url) => !url.startsWith("data:") && !url.includes("/v1/"))).toEqual([]);
      await examineZoomed(staff, "link-codes");
      await staff.emulateMedia({ media: "print" });
      await expect(staff.getByRole("heading", { name: "Guest links" })).toBeHidden();
      await staff.screenshot({ path: "test-results/pages/link-sheet-printed.png", fullPage: true });
      await staff.pdf({ path: "test-results/pages/link-sheet.pdf", format: "A4" });
      await staff.emulateMedia({ media: "screen" });
    });

    await test.step("[G86] one calendar file for each, or one of all", async () => {
      const one = staff.waitForEvent("download");
      await staff.getByRole("button", { name: "Calendar file for Sam Sparrow" }).click();
      const lines = linesOf(await textOf(one));
      expect(lines.filter((line) => line === "BEGIN:VEVENT")).toHaveLength(1);
      expect(lines.find((line) => line.startsWith("SUMMARY:"))).not.toContain("Sam");
      const all = staff.waitForEvent("download");
      await staff.getByRole("button", { name: "Download as calendar" }).click();
      const titles = linesOf(await textOf(all)).filter((line) => line.startsWith("SUMMARY:"));
      expect(titles.map((line) => line.slice(8).split(":")[0])).toEqual(["Rita Rook", "Sam Sparrow", "Tove Tern"]);
    });
  });
});
