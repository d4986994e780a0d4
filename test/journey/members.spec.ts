import { expect, type Page, test } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { demo, signInAs } from "./demo.ts";
import { examine, examineZoomed } from "./examine.ts";

const email = "ravi@meridian.example";

async function choose(page: Page, text: string): Promise<void> {
  const file = { name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(text) };
  await page.locator('input[type="file"]').setInputFiles(file);
}

/** What a button downloads. */
async function savedBy(page: Page, button: string): Promise<string> {
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button, exact: true }).click(),
  ]);
  return readFile(await saved.path(), "utf8");
}

test("an administrator invites a member with a role of the school's own, who comes in, and is removed", async ({
  browser,
}) => {
  const admin = await signInAs(browser, "admin");
  const page = await admin.newPage();

  await test.step("a role is made of what it allows", async () => {
    await page.goto("/manage/members");
    await page.getByRole("link", { name: "Roles", exact: true }).click();
    await page.getByRole("button", { name: "New role" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Choose at least one.")).toBeVisible();
    await page.getByLabel("Name").fill("Registrar");
    await page.getByLabel("See sittings: their times, rooms and candidates").check();
    await examine(page, "role-form");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("columnheader", { name: "Registrar" })).toBeVisible();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await examineZoomed(page, "roles");
  });

  const link = await test.step("somebody is invited to it", async () => {
    await page.getByRole("link", { name: "Go to the members" }).click();
    await page.getByRole("button", { name: "Invite a member" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Ravi Iyer");
    await page.getByLabel("Email address").fill(email);
    await page.getByLabel("Registrar").check();
    await examine(page, "member-form");
    await page.getByRole("button", { name: "Invite", exact: true }).click();
    const field = page.getByLabel("Link for Ravi Iyer");
    await expect(field).toBeVisible();
    await expect(page.getByRole("row", { name: /Ravi Iyer/ })).toContainText("invited");
    await expect(page.getByRole("row", { name: /Ravi Iyer/ })).toContainText("Registrar");
    await examineZoomed(page, "members");
    return field.inputValue();
  });

  const guest = await browser.newContext({ baseURL: demo().origin, viewport: { width: 1366, height: 768 } });
  const own = await guest.newPage();

  await test.step("they choose a password, sign in, and see what the role allows", async () => {
    await own.goto(link);
    await expect(own.getByText(`You will sign in as ${email}`)).toBeVisible();
    await own.getByLabel("Password", { exact: true }).fill("password");
    await own.getByRole("button", { name: "Set the password" }).click();
    await expect(own.getByText("Take at least 12 characters.")).toBeVisible();
    await examine(own, "invitation");
    await own.getByLabel("Password", { exact: true }).fill("ravi-keeps-the-register");
    await own.getByRole("button", { name: "Set the password" }).click();
    await own.getByRole("link", { name: "Go to sign in" }).click();
    await own.getByLabel("Email address").fill(email);
    await own.getByLabel("Password", { exact: true }).fill("ravi-keeps-the-register");
    await own.getByRole("button", { name: "Sign in" }).click();
    await expect(own.getByRole("heading", { level: 1, name: "Sittings" })).toBeVisible();
    const places = own.getByRole("navigation", { name: "Manage" }).getByRole("link");
    await expect(places).toHaveText(["Sittings", "Your account"]);
    await own.goto(link);
    await expect(own.getByText("This invitation is not good any more")).toBeVisible();
  });

  await test.step("when they are removed they are out at once", async () => {
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByLabel("Name or address").fill("ravi");
    // The list must stand still before anybody presses something in it.
    await expect(page.getByRole("row")).toHaveCount(2);
    await page.getByRole("button", { name: "New way in for Ravi Iyer" }).click();
    await examine(page, "member-way-in");
    await page.getByRole("button", { name: "Take off app and passkeys" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await page.getByRole("button", { name: "Remove Ravi Iyer" }).click();
    await examine(page, "member-remove");
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await expect(page.getByText("Nobody is like that")).toBeVisible();
    await own.goto("/manage/account");
    await expect(own.getByRole("heading", { name: "Sign in" })).toBeVisible();
  });

  await test.step("and the role goes, after a question", async () => {
    await page.goto("/manage/roles");
    await page.getByRole("button", { name: "Delete Registrar" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await expect(page.getByRole("columnheader", { name: "Registrar" })).toHaveCount(0);
  });
});

test("an administrator invites many from a file, and each row that is not taken is told", async ({ browser }) => {
  const page = await (await signInAs(browser, "admin")).newPage();
  await page.goto("/manage/members");
  await page.getByRole("button", { name: "Invite many from a file" }).click();
  await expect(page.getByRole("heading", { name: "Invite many members from a file" })).toBeFocused();
  await choose(page, "name;roles\r\nMia;author\r\n");
  await expect(page.getByRole("alert", { name: "The first row names no column email" })).toBeVisible();
  await examineZoomed(page, "members-file");
  const example = await savedBy(page, "Download an example");
  expect(example).toContain("name,email,roles,custom_role_ids\r\nLin Moreau,");
  await choose(
    page,
    `\uFEFFName;E-Mail;Email;Roles\r\n${[
      "Mia Ek;x;mia@meridian.example;Author, reviewer",
      "Jo Wu;;jo@meridian;author",
      '"=1+1";;uma@meridian.example;',
      `Ada;;${demo().staff[0]?.email};proctor`,
      "Bo;;bo@meridian.example;teacher",
    ].join("\r\n")}\r\n`,
  );
  await expect(page.getByText("5 rows, of which 2 rows cannot be taken and will be left out.")).toBeVisible();
  await expect(page.getByText("Columns that are passed over: e-mail")).toBeVisible();
  await examineZoomed(page, "members-file-read");
  await page.getByRole("button", { name: "Invite 3 people" }).click();
  await expect(page.getByRole("dialog", { name: "3 people will be invited by email" })).toBeVisible();
  await examine(page, "members-file-question");
  await page.getByRole("dialog").getByRole("button", { name: "Invite 3 people" }).click();
  await expect(page.getByText(/^2 people were invited: .* 3 rows were not taken\.$/).first()).toBeVisible();
  await expect(page.getByRole("region", { name: /2 links: you can download them only now/ })).toBeFocused();
  await expect(page.getByText("They are sent by email.")).toBeVisible();
  await expect(page.getByRole("row", { name: /bo@meridian/ })).toContainText("Write roles as they are called here");
  await expect(page.getByRole("row", { name: /Mia Ek/ })).toContainText("Author, Reviewer");
  await examineZoomed(page, "members-file-done");
  expect(await savedBy(page, "Download the links")).toMatch(/email,link,mail,valid_until\r\nmia@meridian.example,http/);
  const refused = await savedBy(page, "Download these rows");
  expect(refused).toContain("name,e-mail,email,roles,row,error\r\nJo Wu,,jo@meridian,author,2,");
  await page.getByRole("button", { name: "Another file" }).click();
  await page.getByLabel("Or paste the rows").fill(refused.replace("jo@meridian,", "jo@meridian.example,"));
  await page.getByRole("button", { name: "Read what is pasted" }).click();
  await page.getByLabel("Send each their link by email").uncheck();
  await page.route("**/v1/members/bulk", (route) => route.abort(), { times: 1 });
  await page.getByRole("button", { name: "Invite 2 people" }).click();
  await expect(page.getByRole("dialog", { name: "It stopped" })).toContainText("0 of 2 rows are done.");
  await examineZoomed(page, "members-file-stopped");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByText(/^1 person was invited: .* 2 rows were not taken\.$/).first()).toBeVisible();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("1 link was not sent by email, and cannot be shown again.")).toBeVisible();
  await page.getByRole("button", { name: "Go on without them" }).click();
});

test("an institution in another home sees its own and nothing else", async ({ browser }) => {
  const [freya] = demo().neighbours;
  if (freya === undefined) throw new Error("the demo has no neighbour");
  const context = await browser.newContext({ baseURL: demo().origin });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel("Email address").fill(freya.email);
  await page.getByLabel("Password", { exact: true }).fill(freya.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("There is no exam yet")).toBeVisible();
  await page.getByRole("link", { name: "Members" }).click();
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.getByRole("link", { name: "Audit" }).click();
  await expect(page.getByRole("row", { name: /Freya Lund.*Signed in/ }).first()).toBeVisible();
  await page.goto("/manage/institution");
  // This runtime has no jurisdictions, and says so.
  await expect(page.getByText(/held within the European Union\. This installation cannot do that/)).toBeVisible();
  await examine(page, "institution-eu");
});
