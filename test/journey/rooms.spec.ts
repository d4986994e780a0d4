import { type Browser, type BrowserContext, expect, type Page, test } from "@playwright/test";
import { candidateContext, withBrowser } from "./browser.ts";
import { tileOf } from "./console.ts";
import { demo, signInAs, signInMember } from "./demo.ts";
import { examine } from "./examine.ts";
import { asAdmin, type Place } from "./sitting.ts";
import { heardBy, sitBySocket, tell } from "./socket-candidates.ts";
import { sittingSchema } from "#protocol/http/sitting.ts";
import { demoExam } from "#tools/seed/demo-exam.ts";

const names = ["Ada Lindqvist", "Grace Mbeki", "Mateo Silva", "Priya Raman", "Yuki Tanaka"];

test("a sitting is held in rooms, which a lead watches as one list, and others each their own", async () => {
  await withBrowser("one", async (browser) => {
    const admin = await (await signInAs(browser, "admin")).newPage();
    const places = await arrange(admin);
    const sittingId = new URL(admin.url()).pathname.split("/").at(-1) ?? "";
    const candidates = await (await candidateContext(browser)).newPage();
    await sitBySocket(candidates, places);
    const [lead, second] = await proctors(browser);

    const oneRoom = await second.newPage();
    await test.step("a proctor of one room sees that room, and not the others", async () => {
      await oneRoom.goto("/proctor");
      const link = oneRoom.getByRole("link", { name: "Three rooms, Room 2" });
      await expect(link).toBeVisible();
      await examine(oneRoom, "sessions-one-room");
      await link.click();
      await expect(oneRoom.locator("button[data-attempt]")).toHaveCount(2);
      await expect(oneRoom.getByRole("heading", { level: 1 })).toHaveText("Three rooms, Room 2");
      await oneRoom.goto(`/proctor/sittings/${sittingId}`);
      await expect(oneRoom.locator("button[data-attempt]")).toHaveCount(2);
    });

    const page = await lead.newPage();
    await test.step("the lead opens all rooms as one list, with everybody in it", async () => {
      await page.goto("/proctor");
      const link = page.getByRole("link", { name: "Three rooms, all 3 rooms" });
      await expect(link).toBeVisible();
      await examine(page, "sessions-rooms");
      await link.click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Three rooms, 3 rooms");
      await expect(page.locator("button[data-attempt]")).toHaveCount(5);
      await examine(page, "console-rooms");
      await page.getByLabel("Which rooms").selectOption("Room 3");
      await expect(page.locator("button[data-attempt]")).toHaveCount(1);
      await page.getByLabel("Which rooms").selectOption("All rooms");
    });

    await test.step("is asked about nobody unasked, when another proctor has admitted those who were asked about", async () => {
      await page.getByLabel("Which rooms").selectOption("Room 2");
      await page.getByRole("button", { name: "Admit all waiting" }).click();
      await expect(page.getByRole("dialog")).toContainText("Admit 2 candidates?");
      await oneRoom.getByRole("button", { name: "Admit all waiting" }).click();
      await oneRoom.getByRole("dialog").getByRole("button", { name: "Admit all" }).click();
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await page.getByLabel("Which rooms").selectOption("All rooms");
      await expect(page.locator("button[data-attempt]")).toHaveCount(5);
      await expect(page.getByRole("dialog")).toHaveCount(0);
    });

    await test.step("admits everybody who waits, in whichever room", async () => {
      await page.getByRole("button", { name: "Admit all waiting" }).click();
      await expect(page.getByRole("dialog")).toContainText("Admit 3 candidates?");
      await page.getByRole("dialog").getByRole("button", { name: "Admit all" }).click();
      for (const name of names) await expect(tileOf(page, name)).toContainText("Admitted");
    });

    await test.step("gives everybody more time, and names how many that is", async () => {
      for (const { attemptId } of places) await tell(candidates, attemptId, [{ type: "openPaper" }]);
      await page.getByRole("button", { name: "Add time to several…" }).click();
      await page.getByRole("button", { name: "Choose all 5 in the exam" }).click();
      await expect(page.getByText("5 chosen.")).toBeVisible();
      await tileOf(page, "Ada Lindqvist").click();
      await expect(tileOf(page, "Ada Lindqvist")).toHaveAttribute("aria-pressed", "false");
      await tileOf(page, "Ada Lindqvist").press("Space");
      await examine(page, "console-choosing");
      await page.getByRole("button", { name: "Add time to 5 candidates…" }).click();
      const form = page.getByRole("dialog");
      await expect(form.getByRole("button", { name: "Give 5 minutes to 5 candidates" })).toBeDisabled();
      await form.getByRole("textbox").last().fill("The fire alarm rang");
      await examine(page, "console-time-for-many");
      await form.getByRole("button", { name: "Give 5 minutes to 5 candidates" }).click();
      for (const { attemptId } of places) {
        await expect.poll(() => heardBy(candidates, attemptId)).toContain("The fire alarm rang");
      }
      await expect(page.locator("button[aria-pressed]")).toHaveCount(0);
    });

    await test.step("with Shift, chooses some: the time of the others stays", async () => {
      await page.getByText("By name").click();
      await tileOf(page, "Ada Lindqvist").click({ modifiers: ["Shift"] });
      await tileOf(page, "Mateo Silva").click({ modifiers: ["Shift"] });
      await page.getByRole("button", { name: "Add time to 3 candidates…" }).click();
      await page.getByRole("dialog").getByRole("textbox").last().fill("Late start");
      await page.getByRole("button", { name: "Give 5 minutes to 3 candidates" }).click();
      const hears = (name: string) => heardBy(candidates, placeOf(places, name).attemptId);
      for (const name of names.slice(0, 3)) await expect.poll(() => hears(name)).toContain("Late start");
      for (const name of names.slice(3)) expect(await hears(name)).not.toContain("Late start");
    });

    await test.step("is told which rooms are closed to a proctor who keeps only one, and goes on with that", async () => {
      const api = await asAdmin();
      const path = `/v1/sittings/${sittingId}`;
      const { rooms, proctors: now } = await api.request("GET", path, null, sittingSchema);
      const [first] = rooms;
      const leads = now.filter(({ isLead }) => isLead).map(({ memberId }) => memberId);
      const kept = { memberIds: [], rooms: [{ examSessionId: first?.examSessionId, memberIds: leads }] };
      await api.request("PUT", `${path}/proctors`, kept, sittingSchema);
      const closed = page.getByRole("alert", { name: "Closed to you: Room 2, Room 3" });
      await expect(closed).toContainText("The other rooms go on.");
      await examine(page, "console-room-closed");
      const [ada] = names as [string];
      await tileOf(page, ada).click();
      await page.getByRole("button", { name: "Pause…" }).click();
      await page.getByRole("dialog").getByRole("textbox").last().fill("A look");
      await page.getByRole("dialog").getByRole("button", { name: "Pause", exact: true }).click();
      await expect(tileOf(page, ada)).toContainText("Paused");
    });
  });
});

function placeOf(places: readonly Place[], wanted: string): Place {
  const place = places.find(({ name }) => name === wanted);
  if (place === undefined) throw new Error(`${wanted} has no place`);
  return place;
}

/** As the admin, by hand: a sitting of rooms for two, five candidates, a lead, and a proctor for the second room. */
async function arrange(page: Page): Promise<readonly Place[]> {
  await page.goto("/manage/sittings");
  await page.getByRole("button", { name: "Schedule a sitting" }).click();
  await page.getByLabel("Exam", { exact: true }).selectOption({ label: demoExam.title });
  await page.getByLabel("Title of the sitting").fill("Three rooms");
  await page.getByLabel("Opens").fill(localMinute(Date.now() - 3_600_000));
  await page.getByLabel("Closes").fill(localMinute(Date.now() + 3_600_000));
  await page.getByLabel("Candidates in a room").fill("2");
  await examine(page, "schedule");
  await page.getByRole("button", { name: "Schedule", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Rooms (1)" })).toBeVisible();

  await page.getByRole("button", { name: "Add candidates" }).click();
  await page.getByLabel("Candidates", { exact: true }).fill(names.join("\n"));
  const answered = page.waitForResponse((response) => response.url().endsWith("/registrations"));
  await page.getByRole("button", { name: "Add 5 candidates and issue links" }).click();
  const { links } = (await (await answered).json()) as { links: Place[] };
  await expect(page.getByRole("heading", { name: "Rooms (3)" })).toBeVisible();
  await expect(page.getByText("Room 3 was opened, because there was no place left.")).toBeVisible();

  const add = page.getByLabel("Add a proctor");
  await add.selectOption({ index: 0 });
  await page.getByRole("button", { name: "Assign" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "All rooms" })).toHaveCount(1);
  await page.getByLabel("For", { exact: true }).selectOption("Only Room 2");
  await add.selectOption({ label: "Tomas Brandt (tomas@meridian.example)" });
  await page.getByRole("button", { name: "Assign" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Tomas Brandt" })).toContainText("Room 2");
  await examine(page, "sitting-rooms");
  return links;
}

async function proctors(browser: Browser): Promise<readonly [BrowserContext, BrowserContext]> {
  const [lin, tomas] = demo().staff.filter(({ roles }) => roles.includes("proctor"));
  if (lin === undefined || tomas === undefined) throw new Error("the demo has fewer than two proctors");
  return [await signInMember(browser, lin), await signInMember(browser, tomas)];
}

function localMinute(moment: number): string {
  const local = new Date(moment - new Date(moment).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
