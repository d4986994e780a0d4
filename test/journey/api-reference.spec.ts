import { expect, test } from "@playwright/test";
import { demo } from "./demo.ts";
import { examine, examineZoomed } from "./examine.ts";

test("an integrator finds an operation in the reference, with what it takes, answers and refuses", async ({ page }) => {
  const broken: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") broken.push(message.text());
  });
  await page.goto(`${demo().origin}/docs`);
  await expect(page.getByRole("heading", { level: 2, name: "Sittings" })).toBeVisible();
  await page.getByRole("searchbox", { name: "Find" }).fill("registrations POST");
  const operation = page.getByRole("button", { name: /POST \/v1\/sittings\/\{sittingId\}\/registrations Add/ });
  await operation.press("Enter");
  await expect(page.getByText("For a program with a key, or a member who is signed in.")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "candidates" }).first()).toContainText("email");
  await expect(page.getByText("not-signed-in").first()).toBeVisible();
  await examineZoomed(page, "api-reference");
  await page.getByRole("searchbox", { name: "Find" }).fill("nothing of the kind");
  await expect(page.getByRole("heading", { name: "Nothing is called like that" })).toBeVisible();
  await page.getByRole("searchbox", { name: "Find" }).fill("");
  await examine(page, "api-reference-all");
  // The page stands under the policy that every page stands under.
  expect(broken).toEqual([]);
});
