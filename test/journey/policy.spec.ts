import { type Browser, type BrowserContext, expect, type Locator, type Page, test } from "@playwright/test";
import type { LastingSignalKind } from "#domain/integrity/signal.ts";
import { policyNamed } from "#domain/integrity/policy.ts";
import type { ExamDraft } from "#protocol/http/exam.ts";
import { accommodationsSchema } from "#protocol/http/accommodation.ts";
import { registrationListSchema } from "#protocol/http/registration.ts";
import { recordOf, resultOf } from "./attempt-record.ts";
import { candidateContext, withBrowser } from "./browser.ts";
import { expectSaved, startExam } from "./candidate.ts";
import { admit, tileOf } from "./console.ts";
import { demo, openConsole, signInAs, signInMember } from "./demo.ts";
import { examine } from "./examine.ts";
import { shortExam } from "./short-exam.ts";
import { asAdmin, placeOf, schedule } from "./sitting.ts";
import { sitBySocket, tell } from "./socket-candidates.ts";

const why = /The browser's developer tools seemed to be open for \d+ seconds\./;

function examUnder(policy: ExamDraft["policy"], policyChanges: ExamDraft["policyChanges"] = {}): ExamDraft {
  // What a candidate shows before the exam is a journey of its own.
  return { ...shortExam, durationMs: 20 * 60_000, policy, policyChanges: { identity: [], ...policyChanges } };
}

/** What somebody does who opens the developer tools: a debugger is attached to the page's workers. */
async function openDeveloperTools(context: BrowserContext, page: Page): Promise<void> {
  const tools = await context.newCDPSession(page);
  tools.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
    if (targetInfo.type !== "worker") return;
    const message = JSON.stringify({ id: 1, method: "Debugger.enable" });
    void tools.send("Target.sendMessageToTarget", { sessionId, message });
  });
  await tools.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
}

async function decide(page: Page, verdict: RegExp, reason: string): Promise<void> {
  const panel = page.getByRole("region", { name: "Held for review" });
  await panel.getByRole("radio", { name: verdict }).check();
  await panel.getByLabel("Reason").fill(reason);
  await panel.getByRole("button", { name: "Decide …" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(reason);
  await examine(page, "review-confirm");
  await dialog.getByRole("button", { name: verdict }).click();
  await expect(dialog).toBeHidden();
}

/** Two people who may decide: one is an administrator too, the other is a reviewer alone. */
async function openReview(browser: Browser, who: "admin" | "reviewer", attemptId: string): Promise<Page> {
  const member = demo().staff.find(({ roles }) => roles.join() === (who === "reviewer" ? who : "admin,reviewer"));
  if (member === undefined) throw new Error(`the demo has no ${who}`);
  const page = await (await signInMember(browser, member)).newPage();
  await page.goto(`/review/${attemptId}`);
  await expect(page.getByRole("region", { name: "Held for review" })).toBeVisible();
  return page;
}

test("developer tools under a strict policy hand in, and a person decides; the candidate reads it all", async () => {
  const sitting = await schedule("Strict", ["Ada Lindqvist", "Grace Mbeki"], examUnder("strict"));
  const ada = placeOf(sitting, "Ada Lindqvist");
  await withBrowser("one", async (browser) => {
    const console = await openConsole(await signInAs(browser, "proctor"), sitting.examSessionId);
    const context = await candidateContext(browser);
    const candidate = await startExam(context, ada.link, () => admit(console, ada.name));
    await candidate.getByRole("radio", { name: "Four" }).check();
    await expectSaved(candidate);

    await test.step("the exam is handed in and held, and the candidate is told why, without a verdict", async () => {
      await openDeveloperTools(context, candidate);
      await expect(candidate.getByRole("heading", { name: "Your exam was handed in before its end" })).toBeVisible();
      await expect(candidate.getByTestId("review")).toContainText("Your result is held until people have looked at it");
      await expect(candidate.getByTestId("review")).toContainText(why);
      await examine(candidate, "sit-held");
      await expect(tileOf(console, ada.name)).toContainText("Handed in");
    });

    const admin = await (await signInAs(browser, "admin")).newPage();
    await test.step("the results say that it is held, and lead to it", async () => {
      await admin.goto(`/manage/sittings/${sitting.sittingId}`);
      await admin.getByRole("checkbox", { name: "1 held for review" }).check();
      const results = admin.getByRole("region", { name: "Results" });
      const row = results.getByRole("row", { name: /Ada Lindqvist/ });
      await expect(row).toContainText("2 of 4 (50 %)");
      await expect(row).toContainText("Held for review: not to be used yet");
      await expect(results.getByRole("row", { name: /Grace Mbeki/ })).toHaveCount(0);
      await row.scrollIntoViewIfNeeded();
      await examine(admin, "results-held");
    });

    await test.step("a reviewer reads rule, observation, length and confidence, and decides with a reason", async () => {
      const review = await openReview(browser, "reviewer", ada.attemptId);
      const panel = review.getByRole("region", { name: "Held for review" });
      await expect(panel).toContainText("The browser's developer tools are closed.");
      await expect(panel).toContainText(/developer tools seemed to be open for \d+ seconds\./);
      await expect(panel).toContainText("100 % by the sensor");
      await expect(panel).toContainText("The exam was handed in, and its result is held for people.");
      await expect(review.getByText("not to be used yet").first()).toBeVisible();
      await examine(review, "review-held");
      await review.getByRole("heading", { name: "What was noted" }).scrollIntoViewIfNeeded();
      await review.screenshot({ path: "test-results/pages/review-violations-light.png" });
      await panel.getByRole("button", { name: "Decide …" }).click();
      await expect(panel.getByText("Choose one.")).toBeVisible();
      await expect(panel.getByText("Write the reason.")).toBeVisible();
      await decide(review, /The score stands/, "The support desk had asked for it");
      await expect(review.getByRole("region", { name: "Reviewed" })).toContainText("The support desk had asked for it");
      await examine(review, "review-decided");
    });

    await test.step("the candidate reads the outcome and its reason, and the results show it", async () => {
      await expect(candidate.getByTestId("review")).toContainText("Your result was looked at, and it stands");
      await expect(candidate.getByTestId("review")).toContainText("The support desk had asked for it");
      await admin.reload();
      const row = admin.getByRole("region", { name: "Results" }).getByRole("row", { name: /Ada Lindqvist/ });
      await expect(row).toContainText("Reviewed: stands");
      await expect(admin.getByRole("checkbox", { name: /held for review/ })).toHaveCount(0);
    });
  });
});

/** A sitting whose candidates are sockets, admitted and with the paper open. */
async function sit(browser: Browser, title: string, names: readonly string[], draft: ExamDraft) {
  const sitting = await schedule(title, names, draft);
  const seats = await (await candidateContext(browser)).newPage();
  await sitBySocket(seats, sitting.places);
  const console = await openConsole(await signInAs(browser, "proctor"), sitting.examSessionId);
  for (const { name } of sitting.places) await admit(console, name);
  for (const { attemptId } of sitting.places) await tell(seats, attemptId, [{ type: "openPaper" }]);
  const show = (name: string, kind: LastingSignalKind) =>
    tell(seats, placeOf(sitting, name).attemptId, [
      { type: "beginSignal", kind, detail: { count: null, confidence: 0.9 }, agoMs: 0 },
    ]);
  return { sitting, console, show, seats };
}

test("the same act under a policy for practice is noted and nothing follows", async () => {
  await withBrowser("one", async (browser) => {
    const { sitting, console, show } = await sit(browser, "Practice", ["Ada Lindqvist"], examUnder("practice"));
    await show("Ada Lindqvist", "developer-tools");
    const admin = await asAdmin();
    const { attemptId } = placeOf(sitting, "Ada Lindqvist");
    const noted = async () =>
      (await recordOf(admin, attemptId)).events.flatMap(({ fact }) =>
        fact.type === "violationNoted" ? [fact.violation] : [],
      );
    await expect.poll(noted).toMatchObject([{ kind: "developer-tools", response: "log", severity: "info" }]);
    await expect(tileOf(console, "Ada Lindqvist")).toContainText("In the exam");
    await expect(tileOf(console, "Ada Lindqvist")).toHaveAttribute("data-attention", "noted");
    expect(await resultOf(admin, sitting.sittingId, attemptId)).toMatchObject({ status: "open", review: null });
  });
});

test("the proctor sees whom to look at first and why, and what is only logged interrupts nobody", async () => {
  await withBrowser("one", async (browser) => {
    const names = ["Ada Lindqvist", "Grace Mbeki", "Mateo Silva"];
    const { sitting, console, show, seats } = await sit(browser, "Attention", names, examUnder("standard"));
    await console.getByRole("button", { name: "Close Mateo Silva" }).click();
    const [ada, grace, mateo] = names.map((name) => tileOf(console, name)) as [Locator, Locator, Locator];
    await tell(seats, placeOf(sitting, names[1]!).attemptId, [
      { type: "reportMoment", kind: "pasted", detail: { count: 12, confidence: null }, agoMs: 0 },
    ]);
    await tell(seats, placeOf(sitting, names[2]!).attemptId, [
      { type: "reportSensor", sensor: "faces", state: "degraded", reason: "slow" },
    ]);
    await show(names[2]!, "no-face");
    await expect(mateo).toHaveAttribute("data-attention", "violation");
    await expect(grace).toHaveAttribute("data-attention", "noted");
    await expect(ada).toHaveAttribute("data-attention", "none");
    const live = console.locator("[aria-live]");
    await expect(live.filter({ hasText: "Mateo Silva: No face was in the picture" })).not.toHaveCount(0);
    await expect(live.filter({ hasText: "Text was pasted" })).toHaveCount(0);
    // The focus on the panel's button held the order: by now the proctor's hand is away from the grid.
    await expect
      .poll(() => console.locator("button[data-attempt]").allInnerTexts())
      .toEqual([expect.stringContaining(names[2]!), expect.stringContaining(names[1]!), expect.anything()]);
    await mateo.click();
    const panel = console.getByRole("region", { name: names[2]!, exact: true });
    await expect(panel.getByRole("region", { name: "Why here" })).toContainText("One violation of severity medium.");
    await expect(panel.getByRole("region", { name: "Why here" })).toContainText("1 signal lasts now.");
    await expect(panel).toContainText("works less well than it should. Why: the computer is busy");
    await panel.getByRole("region", { name: "Why here" }).scrollIntoViewIfNeeded();
    await examine(console, "console-why-here");
    await console.getByRole("button", { name: `Close ${names[2]!}` }).click();
    await expect(mateo).not.toHaveAttribute("data-attention", "violation");
  });
});

test("two people decide where the policy says so, and who is exempt is not flagged at all", async () => {
  const left = policyNamed("strict").rules["full-screen-left"]!;
  const handIn = { ...left, evidence: [...left.evidence], response: "hand-in" as const };
  const draft = examUnder("standard", { rules: { "full-screen-left": handIn }, reviewers: 2 });
  await withBrowser("one", async (browser) => {
    const names = ["Ada Lindqvist", "Grace Mbeki"];
    const { sitting, console, show } = await sit(browser, "Two reviewers", names, draft);
    const [ada, grace] = [placeOf(sitting, names[0]!), placeOf(sitting, names[1]!)];
    const admin = await asAdmin();

    await test.step("who may leave full screen is not flagged, and who may not is handed in", async () => {
      await exempt(sitting.sittingId, grace.attemptId);
      for (const name of names) await show(name, "full-screen-left");
      await expect(tileOf(console, ada.name)).toContainText("Handed in");
      await expect.poll(async () => (await resultOf(admin, sitting.sittingId, ada.attemptId))?.review).toBe("held");
      const { events, status } = await recordOf(admin, grace.attemptId);
      expect(status).toBe("open");
      expect(events.some(({ fact }) => fact.type === "violationNoted")).toBe(false);
    });

    await test.step("one says that it is voided, and it stays held", async () => {
      const first = await openReview(browser, "reviewer", ada.attemptId);
      await decide(first, /The score is voided/, "A second screen is to be seen");
      await expect(first.getByText("You have decided; another person has to, too.")).toBeVisible();
      await expect(first.getByRole("button", { name: "Decide …" })).toHaveCount(0);
      expect((await resultOf(admin, sitting.sittingId, ada.attemptId))?.review).toBe("held");
    });

    await test.step("a second says the same, and no number is given out any more", async () => {
      const second = await openReview(browser, "admin", ada.attemptId);
      await expect(second.getByText("One has decided.")).toBeVisible();
      await decide(second, /The score is voided/, "I see it too");
      await expect(second.getByRole("region", { name: "Reviewed" })).toContainText("The score is voided");
      await examine(second, "review-voided");
      await expect
        .poll(() => resultOf(admin, sitting.sittingId, ada.attemptId))
        .toMatchObject({ review: "voided", points: null });
      await second.goto(`/manage/sittings/${sitting.sittingId}`);
      const results = second.getByRole("region", { name: "Results" });
      const row = results.getByRole("row", { name: /Ada Lindqvist/ });
      await expect(row).toContainText("Voided");
      await expect(row).not.toContainText("of 4");
    });
  });
});

async function exempt(sittingId: string, attemptId: string): Promise<void> {
  const admin = await asAdmin();
  const { registrations } = await admin.request(
    "GET",
    `/v1/sittings/${sittingId}/registrations`,
    null,
    registrationListSchema,
  );
  const registration = registrations.find((each) => each.attemptId === attemptId);
  const body = { allowances: [], exceptions: [{ kind: "may-leave-full-screen", reason: "A screen magnifier" }] };
  const path = `/v1/sittings/${sittingId}/registrations/${registration?.id ?? ""}/accommodations`;
  await admin.request("PUT", path, body, accommodationsSchema);
}

test("an author chooses a policy, changes a rule and undoes it, and reads what a version froze", async () => {
  await schedule("Editor", ["Ada Lindqvist"], { ...examUnder("practice"), title: "Exam with a policy" });
  await withBrowser("one", async (browser) => {
    const page = await (await signInAs(browser, "author")).newPage();
    await page.goto("/manage/exams");
    await page.getByRole("link", { name: "Exam with a policy" }).first().click();
    const editor = page.getByRole("region", { name: "What is watched, and what follows" });
    await editor.getByRole("radio", { name: "Standard" }).check();
    await editor.scrollIntoViewIfNeeded();
    await page.screenshot({ path: "test-results/pages/policy-light.png" });
    await editor.getByText("Each signal and its rule").click();
    await editor.getByLabel("Text pasted: what follows").selectOption("Hand in and hold");
    await expect(editor.getByText("Ends the exam for good. People decide about the result.")).toBeVisible();
    await editor.getByRole("checkbox", { name: "Speech" }).check();
    await editor.getByLabel("Page hidden: lasts for seconds").fill("1.5");
    await expect(editor.getByText(/3 rules changed from the preset\./)).toBeVisible();
    await editor.getByLabel("Text pasted: what follows").scrollIntoViewIfNeeded();
    await examine(page, "policy-rules");
    await editor.getByRole("button", { name: "Page hidden: as in the preset" }).click();
    await expect(editor.getByLabel("Page hidden: lasts for seconds")).toHaveValue("0.5");
    await editor.getByRole("button", { name: "All rules as in the preset" }).click();
    await expect(editor.getByText(/changed from the preset/)).toHaveCount(0);
    await editor.getByText("What candidates read before they consent").click();
    await expect(editor.getByText("A person decides")).toBeVisible();
    await page.getByText(/^Policy of version 1/).click();
    await expect(page.getByRole("region", { name: "Rules of version 1" })).toContainText("Page hidden");
    await page.getByRole("region", { name: "Rules of version 1" }).scrollIntoViewIfNeeded();
    await examine(page, "policy-frozen");
  });
});
