import { createHash } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { makeKey, makeProof } from "#client/http/make-proof.ts";
import { socketProtocol } from "#protocol/http/proof.ts";
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
    const key = await makeKey();
    const { origin } = new URL(page.url());
    const checkInProof = await makeProof(key, { method: "POST", url: new URL("/v1/check-in", origin), nonce: null });
    const nonce = await page.evaluate(checkIn, { token: new URL(link).hash.slice(1), proof: checkInProof });
    const url = new URL(`/v1/sit/${attemptId}/socket`, origin);
    const proof = await makeProof(key, { method: "GET", url, nonce });
    await page.evaluate(open, { attemptId, path: url.pathname, protocols: [socketProtocol, proof] });
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

/** What the server says for the next proof. */
async function checkIn({ token, proof }: { token: string; proof: string }): Promise<string | null> {
  const headers = { "content-type": "application/json", dpop: proof };
  const response = await fetch("/v1/check-in", { method: "POST", headers, body: JSON.stringify({ token }) });
  if (!response.ok) throw new Error(`check-in was answered ${response.status}`);
  return response.headers.get("dpop-nonce");
}

type Opening = { readonly attemptId: string; readonly path: string; readonly protocols: string[] };

async function open({ attemptId, path, protocols }: Opening): Promise<void> {
  const socket = new WebSocket(path, protocols);
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
