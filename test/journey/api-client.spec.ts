import { execFile, spawn } from "node:child_process";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { type Browser, expect, test } from "@playwright/test";
import { issuedKeySchema } from "#protocol/http/api-key.ts";
import { projectRoot } from "#tools/start/child.ts";
import { brand, type ItemId } from "#domain/exam/ids.ts";
import { demoExam } from "#tools/seed/demo-exam.ts";
import { candidateContext } from "./browser.ts";
import { demo, openConsole, signInAs } from "./demo.ts";
import { asAdmin, type Place } from "./sitting.ts";
import { sitBySocket, tell } from "./socket-candidates.ts";

const run = promisify(execFile);
const bin = (name: string) => join(projectRoot, "node_modules", ".bin", name);

test("a client generated from the API's description schedules a sitting, registers 200, is told how one of them did, and reads results", async ({
  browser,
}) => {
  const folder = join(projectRoot, "test-results", "integrator");
  await mkdir(folder, { recursive: true });
  const env = { ...process.env, INVIGIL_URL: demo().origin };

  await test.step("its types come from the running server, and its program compiles with them", async () => {
    await writeFile(join(folder, "openapi.json"), await (await fetch(`${demo().origin}/openapi.json`)).text());
    await run(bin("openapi-typescript"), [join(folder, "openapi.json"), "-o", join(folder, "api.ts")]);
    await copyFile(join(projectRoot, "test", "journey", "integrator", "program.txt"), join(folder, "program.ts"));
    const compilerOptions = {
      noEmit: true,
      emitDeclarationOnly: false,
      composite: false,
      types: ["node"],
      skipLibCheck: true,
    };
    const config = { extends: "../../tsconfig.base.json", compilerOptions, include: ["program.ts"] };
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify(config));
    await run(bin("tsc"), ["-p", folder]).catch((error: { stdout?: string }) => {
      throw new Error(error.stdout);
    });
  });

  await test.step("it does its work with a key, while one of the candidates sits", async () => {
    const body = {
      name: "Timetable",
      scopes: ["read-exams", "read-members", "schedule", "read-results", "manage-webhooks"],
      expiresAt: Date.now() + 600_000,
    };
    const { token } = await (await asAdmin()).request("POST", "/v1/keys", body, issuedKeySchema);
    const program = spawn(process.execPath, [join(folder, "program.ts")], {
      env: { ...env, INVIGIL_KEY: token, INVIGIL_EXAM: demoExam.title },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const lines = createInterface(program.stdout)[Symbol.asyncIterator]();
    const next = async () => JSON.parse(String((await lines.next()).value)) as unknown;
    const { place, examSessionId } = (await next()) as { readonly place: Place; readonly examSessionId: string };
    await sit(browser, place, examSessionId);
    const { told, ...read } = (await next()) as { readonly told: readonly string[] };
    expect(told.toSorted()).toEqual([
      "attempt.opened",
      "attempt.scored",
      "candidates.added",
      "proctors.assigned",
      "sitting.scheduled",
    ]);
    expect(read).toEqual({ links: 200, results: 200, scored: [{ name: place.name, status: "handed-in", points: 1 }] });
  });
});

/** The candidate is admitted, answers one question rightly and hands in. */
async function sit(browser: Browser, place: Place, examSessionId: string): Promise<void> {
  const candidate = await (await candidateContext(browser)).newPage();
  await sitBySocket(candidate, [place]);
  const console = await openConsole(await signInAs(browser, "proctor"), examSessionId);
  await console.getByRole("button", { name: "Admit all waiting" }).click();
  await console.getByRole("dialog").getByRole("button", { name: "Admit all" }).click();
  await expect(console.locator(`button[data-attempt="${place.attemptId}"]`)).toContainText("Admitted");
  const response = { kind: "single-choice", option: "b" } as const;
  await tell(candidate, place.attemptId, [
    { type: "openPaper" },
    { type: "saveAnswer", itemId: brand<ItemId>("spell-pqx"), response, agoMs: 0 },
    { type: "handIn" },
  ]);
}
