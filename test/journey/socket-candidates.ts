import { createHash } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { consentTextCharacters } from "#domain/exam/consent-text.ts";
import type { CandidateDown } from "#protocol/session/down.ts";
import type { CandidateCommand } from "#domain/attempt/command.ts";
import type { Place } from "./sitting.ts";

/**
 * Candidates without a page of their own: each is a socket in this one browser page, which stays open with it. For
 * journeys in which many sit and it is somebody else's page that matters.
 */
export async function sitBySocket(page: Page, places: readonly Place[]): Promise<void> {
  const check = { camera: "passed", microphone: "passed", screen: "passed", fullScreen: "passed" } as const;
  await page.goto("/sign-in");
  for (const { attemptId, link } of places) {
    await page.evaluate(open, { attemptId, token: new URL(link).hash.slice(1) });
    await expect.poll(() => heardBy(page, attemptId)).toContain('"welcome"');
    const [welcome] = (await heardBy(page, attemptId)).split("\n");
    const { consent } = JSON.parse(welcome ?? "") as Extract<CandidateDown, { type: "welcome" }>;
    if (consent === null) throw new Error("there is nothing to consent to");
    const textSha256 = createHash("sha256").update(consentTextCharacters(consent)).digest("hex");
    await tell(page, attemptId, [
      { type: "giveConsent", textSha256 },
      { type: "reportDeviceCheck", check },
      { type: "requestAdmission" },
    ]);
  }
}

/** Sends commands one after the other, each when the one before was accepted. */
export async function tell(page: Page, attemptId: string, commands: readonly CandidateCommand[]): Promise<void> {
  for (const command of commands) await page.evaluate(send, { attemptId, command });
}

/** Everything that this candidate has heard so far. */
export function heardBy(page: Page, attemptId: string): Promise<string> {
  return page.evaluate((id) => (window as Seats).seats?.[id]?.heard.join("\n") ?? "", attemptId);
}

type Seats = Window & { seats?: Record<string, { readonly socket: WebSocket; readonly heard: string[] }> };

async function open({ attemptId, token }: { attemptId: string; token: string }): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch("/v1/check-in", { method: "POST", headers, body: JSON.stringify({ token }) });
  if (!response.ok) throw new Error(`check-in was answered ${response.status}`);
  const socket = new WebSocket(`/v1/sit/${attemptId}/socket`);
  const heard: string[] = [];
  const seats = ((window as Seats).seats ??= {});
  seats[attemptId] = { socket, heard };
  socket.addEventListener("message", ({ data }) => heard.push(String(data)));
  // As a page does: who is silent for long is gone to the session.
  setInterval(() => socket.send("ping"), 5_000);
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve);
    socket.addEventListener("close", reject);
  });
}

function send({ attemptId, command }: { attemptId: string; command: CandidateCommand }): Promise<void> {
  const seat = (window as Seats).seats?.[attemptId];
  if (seat === undefined) throw new Error(`${attemptId} has no socket`);
  const id = crypto.randomUUID();
  return new Promise((resolve, reject) => {
    seat.socket.addEventListener("message", function hear({ data }) {
      const text = String(data);
      if (!text.includes(id)) return;
      seat.socket.removeEventListener("message", hear);
      if (text.includes('"accepted":true')) resolve();
      else reject(new Error(text));
    });
    seat.socket.send(JSON.stringify({ type: "command", id, command }));
  });
}
