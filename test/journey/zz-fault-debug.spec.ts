import { test } from "@playwright/test";
import { candidateContext, withBrowser } from "./browser.ts";
import { startExam } from "./candidate.ts";
import { admit } from "./console.ts";
import { openConsole, signInAs } from "./demo.ts";
import { asAdmin, placeOf, schedule } from "./sitting.ts";
import { recordingOf } from "./attempt-record.ts";
import { withLine } from "./proxy.ts";
test("debug", async () => {
  const sitting = await schedule("Debug", ["D L"]);
  const p = placeOf(sitting, "D L");
  await withBrowser("one", async (browser) => withLine(async (line) => {
    const console_ = await openConsole(await signInAs(browser, "proctor"), sitting.examSessionId);
    const context = await candidateContext(browser);
    context.on("response", async (r) => { if (/segments|uploads|media/.test(r.url())) console.log(r.request().method(), r.url().slice(0,80), r.status(), r.ok() ? "" : (await r.text().catch(()=>"")).slice(0,300)); });
    context.on("requestfailed", (r) => console.log("FAILED", r.method(), r.url().slice(0,80), r.failure()?.errorText));
    context.on("console", (m) => console.log("C", m.text().slice(0,300)));
    const page = await startExam(context, process.env.VIA ? line.linkOf(p) : p.link, () => admit(console_, p.name));
    await page.waitForTimeout(15000);
    console.log((await recordingOf(await asAdmin(), p.attemptId)).segments.length);
  }));
});
