import { execFile } from "node:child_process";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { issuedKeySchema } from "#protocol/http/api-key.ts";
import { projectRoot } from "#tools/start/child.ts";
import { demo } from "./demo.ts";
import { asAdmin } from "./sitting.ts";

const run = promisify(execFile);
const bin = (name: string) => join(projectRoot, "node_modules", ".bin", name);

test("a client generated from the API's description schedules a sitting, registers 200, is told, and reads results", async () => {
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

  await test.step("it does its work with a key", async () => {
    const body = {
      name: "Timetable",
      scopes: ["read-exams", "schedule", "read-results", "manage-webhooks"],
      expiresAt: Date.now() + 600_000,
    };
    const { token } = await (await asAdmin()).request("POST", "/v1/keys", body, issuedKeySchema);
    const options = { env: { ...env, INVIGIL_KEY: token }, timeout: 120_000 };
    const { stdout } = await run(process.execPath, [join(folder, "program.ts")], options);
    expect(JSON.parse(stdout)).toEqual({
      links: 200,
      told: ["candidates.added", "sitting.scheduled"],
      results: 200,
      statuses: ["registered"],
    });
  });
});
