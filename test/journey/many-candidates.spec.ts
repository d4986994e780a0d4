import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { sittingSchema } from "#protocol/http/sitting.ts";
import { signInAs } from "./demo.ts";
import { examine, examineZoomed } from "./examine.ts";
import { asAdmin, schedule } from "./sitting.ts";

test("an administrator finds one of many candidates, reads on, has them as a file, and is told of who changed the proctors", async ({
  browser,
}) => {
  const names = Array.from({ length: 205 }, (_, at) => `Candidate ${String(at).padStart(3, "0")}`);
  const { sittingId } = await schedule("Many", [...names, "=Zed"]);
  const page = await (await signInAs(browser, "admin")).newPage();
  await page.goto(`/manage/sittings/${sittingId}`);
  const candidates = page.getByRole("region", { name: /^Candidates/ });
  await expect(page.getByRole("heading", { name: "Candidates (206)" })).toBeVisible();

  await test.step("page by page, and by a part of the name", async () => {
    await expect(candidates.getByRole("row", { name: /Candidate 204/ })).toHaveCount(0);
    await candidates.getByRole("button", { name: "More candidates" }).click();
    await expect(candidates.getByRole("row", { name: /Candidate 204/ })).toBeVisible();
    await candidates.getByLabel("Name or address").fill("date 17");
    await expect(candidates.getByRole("row", { name: /Candidate 17/ })).toHaveCount(10);
    await expect(candidates.getByRole("row", { name: /Candidate 018/ })).toHaveCount(0);
    await examine(page, "many-candidates");
    await examineZoomed(page, "many-candidates");
    await candidates.getByLabel("Link", { exact: true }).selectOption("Opened");
    await expect(candidates.getByText("Nobody is like that.")).toBeVisible();
  });

  await test.step("as a file, of which no cell is calculated", async () => {
    await candidates.getByLabel("Link", { exact: true }).selectOption("Never opened");
    await candidates.getByLabel("Name or address").fill("zed");
    await expect(candidates.getByRole("row", { name: /=Zed/ })).toBeVisible();
    const coming = page.waitForEvent("download");
    await candidates.getByRole("button", { name: "Download as CSV" }).click();
    const lines = (await readFile(await (await coming).path(), "utf8")).trimEnd().split("\r\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^\uFEFFregistration_id,candidate_id,attempt_id,name,email,/);
    expect(lines[1]).toContain(",'=Zed,,");
  });

  await test.step("who proctors it was changed meanwhile, and is shown before anything is replaced", async () => {
    const proctors = page.getByRole("region", { name: "Proctors" });
    const remove = proctors.getByRole("button", { name: /^Remove .* from this sitting$/ });
    const before = await remove.count();
    const path = `/v1/sittings/${sittingId}/proctors`;
    await (await asAdmin()).request("PUT", path, { memberIds: [] }, sittingSchema);
    await remove.first().click();
    await expect(proctors.getByText("Somebody changed this meanwhile")).toBeVisible();
    await expect(remove).toHaveCount(before);
    await proctors.getByRole("button", { name: "Show what it is now" }).click();
    await expect(proctors.getByText("Nobody yet.")).toBeVisible();
  });
});
