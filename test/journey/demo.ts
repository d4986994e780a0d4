import type { Browser, BrowserContext, Page } from "@playwright/test";
import type { Demo } from "#tools/seed/seed-demo.ts";

/** The demo institution of this run. */
export function demo(): Demo {
  const text = process.env["INVIGIL_DEMO"];
  if (text === undefined) throw new Error("global-setup.ts has not started the product");
  return JSON.parse(text) as Demo;
}

export type StaffRole = Demo["staff"][number]["roles"][number];

/** Signs a member with the role in, in a browser context of its own, through the sign-in page. */
export async function signInAs(browser: Browser, role: StaffRole): Promise<BrowserContext> {
  const member = demo().staff.find(({ roles }) => roles.includes(role));
  if (member === undefined) throw new Error(`the demo has no ${role}`);
  return signInMember(browser, member);
}

export async function signInMember(
  browser: Browser,
  member: Pick<Demo["staff"][number], "email" | "password">,
): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: demo().origin, viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel(/e-?mail/i).fill(member.email);
  await page.getByLabel("Password", { exact: true }).fill(member.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await page.close();
  return context;
}

export async function openConsole(context: BrowserContext, examSessionId = demo().examSessionId): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`/proctor/${examSessionId}`);
  return page;
}
