import { type Browser, chromium, expect, type Locator, type Page, test } from "@playwright/test";
import { chromiumPath } from "#tools/check/chromium.ts";
import { type Camera, candidateContext, flagsFor } from "./browser.ts";
import { examine } from "./examine.ts";
import { picture } from "./picture.ts";
import { placeOf, schedule } from "./sitting.ts";

const phone = { width: 390, height: 844 };

test("a computer on which everything works is ready, and its code says the same to whoever helps", async () => {
  await using browser = await launch("one");
  const context = await candidateContext(browser);
  const page = await context.newPage();

  await test.step("it is found from the start page, and needs no link and no account", async () => {
    await page.goto("/");
    await page.getByRole("link", { name: "check your computer" }).click();
    await expect(page.getByRole("heading", { name: "Check this computer" })).toBeFocused();
    await examine(page, "check-before");
  });

  await test.step("one press checks what needs no other, and each result is said once, politely", async () => {
    await page.evaluate(listenToAnnouncements);
    await page.getByRole("button", { name: "Start the check" }).click();
    await expect(page.getByTestId("progress")).toHaveText("8 of 10 checked", { timeout: 60_000 });
    for (const title of ["Browser", "Camera", "Microphone", "Displays", "Clock", "Upload", "Counting faces"]) {
      await expect(row(page, title), title).toContainText("Fine");
    }
    await expect(row(page, "Room on the disk")).toContainText(/Fine|Can be better/);
    await expect(page.getByTestId("verdict")).toContainText("Something was not checked yet");
    const said = await page.evaluate(() => (window as unknown as { said: readonly string[] }).said);
    expect(said).toContain("Camera: fine.");
    expect(said).toContain("Upload: fine.");
    expect(said.at(-1)).toBe("Something was not checked yet");
  });

  await test.step("the screen and full screen have a press of their own", async () => {
    await row(page, "Entire screen").getByRole("button").click();
    await expect(row(page, "Entire screen")).toContainText("Fine");
    await row(page, "Full screen").getByRole("button").click();
    await expect(row(page, "Full screen")).toContainText("Fine");
    await expect(page.getByTestId("progress")).toHaveText("10 of 10 checked");
    await expect(page.getByTestId("verdict")).toContainText(/Everything is ready|can be sat here/);
    await examine(page, "check-after");
    await picture(page, "system-check");
  });

  await test.step("any check can be made again alone", async () => {
    await row(page, "Clock").getByRole("button").click();
    await expect(row(page, "Clock")).toContainText("Fine");
    await expect(page.getByTestId("progress")).toHaveText("10 of 10 checked");
  });

  const code = (await page.getByTestId("code").textContent()) ?? "";

  await test.step("the code shows support the same lines", async () => {
    expect(code).toMatch(/^\w{4}-\w{4}-\w{4}-\w{4}$/);
    const support = await (await browser.newContext()).newPage();
    const origin = new URL(page.url()).origin;
    await support.goto(`${origin}/check/${code.toLowerCase().replaceAll("-", " ")}`);
    await expect(support.getByText(code)).toBeVisible();
    await expect(support.getByText(/Chrome \d+ on Linux · Upload: more than 4 Mbit\/s/)).toBeVisible();
    await expect(row(support, "Camera")).toContainText("The camera works.");
    await expect(row(support, "Entire screen")).toContainText("Fine");
    await examine(support, "check-code");
    await support.goto(`${origin}/check/${code.replace(/.$/, (last) => (last === "7" ? "8" : "7"))}`);
    await expect(support.getByRole("alert").first()).toContainText("At least one character is not right");
    await examine(support, "check-wrong-code");
    await support.getByRole("textbox", { name: "Code" }).fill(code);
    await support.getByRole("button", { name: "Show what it says" }).click();
    await expect(support.getByTestId("verdict")).toBeVisible();
  });

  await test.step("a telephone's width is enough to read it", async () => {
    await page.setViewportSize(phone);
    await examine(page, "check-phone");
    await page.screenshot({ path: "test-results/pages/check-phone-whole.png", fullPage: true });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });

  await test.step("the camera goes off when it is told to", async () => {
    await page.getByRole("button", { name: "Turn camera and screen off" }).click();
    await expect(page.getByLabel("Your camera's picture")).toBeHidden();
    await expect(row(page, "Camera")).toContainText("Fine");
  });
});

test("who refuses the camera reads what to do, the rest is checked all the same, and the code says that it was refused", async () => {
  await using browser = await launch("one", "--use-fake-ui-for-media-stream=deny");
  const page = await (await candidateContext(browser)).newPage();
  await page.goto("/check");
  await page.getByRole("button", { name: "Start the check" }).click();
  await expect(row(page, "Camera")).toContainText("Not usable here");
  await expect(row(page, "Camera")).toContainText("allow the camera and the microphone for this site");
  await expect(page.getByTestId("progress")).toHaveText("8 of 10 checked", { timeout: 60_000 });
  await expect(row(page, "Microphone")).toContainText("Not usable here");
  await expect(row(page, "Counting faces")).toContainText("drawn picture");
  await row(page, "Entire screen").getByRole("button").click();
  await expect(row(page, "Entire screen")).toContainText("The screen was not shared");
  await expect(page.getByTestId("verdict")).toContainText("cannot be sat like this yet");
  await examine(page, "check-refused");
  const code = (await page.getByTestId("code").textContent()) ?? "";
  await page.goto(`/check/${code}`);
  await expect(row(page, "Camera")).toContainText("The camera or the microphone was not allowed");
  await expect(row(page, "Full screen")).toContainText("Not yet checked");
});

test("a window that is shared instead of the screen is refused, and sharing that stops is said", async () => {
  await using browser = await launch("one", "--use-fake-device-for-media-stream=display-media-type=window");
  const context = await candidateContext(browser);
  await context.addInitScript(chooseOtherwiseOnce);
  const page = await context.newPage();
  await page.goto("/check");
  await row(page, "Entire screen").getByRole("button").click();
  await expect(row(page, "Entire screen")).toContainText("That was a window or a tab, not the entire screen");
  await row(page, "Entire screen").getByRole("button", { name: "Check again" }).click();
  await expect(row(page, "Entire screen")).toContainText("Fine");
  await page.getByLabel("Your screen as it is shared").evaluate((video: HTMLVideoElement) => {
    const [track] = (video.srcObject as MediaStream).getTracks();
    track?.stop();
    track?.dispatchEvent(new Event("ended"));
  });
  await expect(row(page, "Entire screen")).toContainText("Sharing was stopped.");
});

test("without a network the clock and the upload say so, and mend when it is back", async () => {
  await using browser = await launch("none");
  const context = await candidateContext(browser);
  const page = await context.newPage();
  await page.goto("/check");
  await expect(page.getByRole("heading", { name: "Check this computer" })).toBeVisible();
  await context.setOffline(true);
  await row(page, "Upload").getByRole("button").click();
  await row(page, "Clock").getByRole("button").click();
  await expect(row(page, "Upload")).toContainText("Nothing could be sent to the server.");
  await expect(row(page, "Upload")).toContainText("What to do: Check that this computer is on the internet");
  await expect(row(page, "Clock")).toContainText("Not usable here");
  await context.setOffline(false);
  await row(page, "Upload").getByRole("button", { name: "Check again" }).click();
  await expect(row(page, "Upload")).toContainText("Fine");
  await expect(row(page, "Upload")).toContainText(/Measured: [\d.]+ [kM]bit\/s/);

  await test.step("nobody before the camera, a camera that is a program, and a wrong clock can be better", async () => {
    await row(page, "Camera").getByRole("button").click();
    await expect(row(page, "Camera")).toContainText("Fine");
    await row(page, "Counting faces").getByRole("button").click();
    await expect(row(page, "Counting faces")).toContainText("no face was found", { timeout: 45_000 });
    await page.evaluate(() => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + 7 * 60_000;
    });
    await row(page, "Clock").getByRole("button", { name: "Check again" }).click();
    await expect(row(page, "Clock")).toContainText("You lose nothing by that");
    await expect(row(page, "Clock")).toContainText("About 7 minutes ahead of the server's");
  });
});

test("who opens the link days before the exam is offered the check, before agreeing to anything", async () => {
  const dayMs = 86_400_000;
  const window = { opensAt: Date.now() + 2 * dayMs, closesAt: Date.now() + 3 * dayMs };
  const sitting = await schedule("In two days", ["Early Mbeki"], undefined, window);
  await using browser = await launch("one");
  const page = await (await candidateContext(browser)).newPage();
  await page.goto(placeOf(sitting, "Early Mbeki").link);
  await expect(page.getByText("Your exam begins at the earliest on")).toBeVisible();
  await page.getByRole("link", { name: "Check this computer" }).click();
  await expect(page.getByRole("heading", { name: "Check this computer" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("checkbox", { name: /I have read this/ })).toBeVisible();
});

function row(page: Page, title: string): Locator {
  return page.getByTestId(`check-${title}`);
}

function launch(camera: Camera, ...flags: readonly string[]): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: flagsFor(camera, flags) });
}

/** Keeps what the page's polite region says. */
function listenToAnnouncements(): void {
  const said: string[] = [];
  (window as unknown as { said: string[] }).said = said;
  const region = document.querySelector("output[aria-live=polite]");
  if (region === null) throw new Error("the page has no polite region");
  new MutationObserver(() => said.push((region.textContent ?? "").trim())).observe(region, {
    childList: true,
    characterData: true,
    subtree: true,
  });
}

/** A person who at first picks something else than the page asks for. A fake picker would always obey. */
function chooseOtherwiseOnce(): void {
  const share = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices);
  let times = 0;
  navigator.mediaDevices.getDisplayMedia = (wish) => share(times++ === 0 ? { video: true } : wish);
}
