import type { Context } from "hono";
import type { MemberEnv } from "./app-env.ts";
import { openSecret, sealSecret } from "./stored-secret.ts";
import { answerWriter, type KeptAnswer, type NamedRequest } from "./database/answer-writer.ts";
import { problem } from "./problem.ts";
import { sha256Hex } from "./sha256-hex.ts";

/** A row of D1 holds 2 MB, and sealing makes a text a third longer. The links of 5,000 candidates are below it. */
const longestKept = 1_400_000;

/** As a structured field has it, or bare. */
const namePattern = /^"?([\x21\x23-\x5b\x5d-\x7e]{1,255})"?$/;

/**
 * A POST with `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header-07) is done once: sent again within a day it gets
 * the answer of the first, whatever became of the line in between. [K30-K34] What was refused for now (429) was not done
 * and may be tried again under its name. What a fault of our own ended (5xx) may have been done before it: its name stays
 * taken, and whoever sent it reads what there is.
 */
export async function answerOnce(
  c: Context<MemberEnv>,
  next: () => Promise<Response | void>,
): Promise<Response | undefined> {
  const header = c.req.header("idempotency-key");
  if (header === undefined || c.req.method !== "POST") return (await next()) ?? undefined;
  const [, name] = namePattern.exec(header) ?? [];
  if (name === undefined) return problem(c, "bad-request", "Idempotency-Key: 1 to 255 visible characters.");
  const { member, home, keyId } = c.var;
  const named = { tenantId: member.tenantId, actor: keyId ?? member.memberId, name: await hashOf(name) };
  const writer = answerWriter(home.database, named);
  const request = await hashOf(`POST ${new URL(c.req.url).pathname}\n${await c.req.text()}`);
  const known = await writer.begin(request, Date.now());
  if (known !== null) return answerAgain(c, named, known, request);
  const answered = (await next()) ?? undefined;
  // Hono's own `next` gives its context, and the answer is in that.
  const response = answered instanceof Response ? answered : c.res;
  const { status } = response;
  if (status === 429) await writer.forget();
  else if (status < 500) await writer.keep(status, await sealed(c, named, await response.clone().text()));
  return answered;
}

async function answerAgain(
  c: Context<MemberEnv>,
  named: NamedRequest,
  { request, status, body }: KeptAnswer,
  now: string,
): Promise<Response> {
  if (request !== now) return problem(c, "idempotency-key-reused");
  if (status === null) {
    return problem(
      c,
      "conflict",
      "The first request of this name is still being worked on, or was cut off in the middle and may have been done. Read what there is, and use another name.",
    );
  }
  if (body === null) return problem(c, "conflict", "This was done before. Its answer is not kept: read what there is.");
  const text = body === "" ? "" : await openSecret(c.var.settings, named.tenantId, body, boundTo(named));
  c.set("isAnsweredAgain", true);
  const type = status < 400 ? "application/json" : "application/problem+json";
  const headers = { "idempotency-replayed": "true", ...(text === "" ? {} : { "content-type": type }) };
  return new Response(text === "" ? null : text, { status, headers });
}

/** Empty for an empty body, null for one that is too long. */
async function sealed(c: Context<MemberEnv>, named: NamedRequest, text: string): Promise<string | null> {
  if (text === "") return "";
  return text.length > longestKept ? null : sealSecret(c.var.settings, named.tenantId, text, boundTo(named));
}

function boundTo({ actor, name }: NamedRequest): string {
  return `answer ${actor} ${name}`;
}

function hashOf(text: string): Promise<string> {
  return sha256Hex(new TextEncoder().encode(text));
}
