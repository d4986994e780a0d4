import { createMessageBatch } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import { Webhook as Verifier } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AttemptId, TenantId } from "#domain/exam/ids.ts";
import { brand } from "#domain/exam/ids.ts";
import type { AuditEntry } from "#protocol/audit.ts";
import type { DeliveryList, Webhook, WebhookEvent, WebhookSecret } from "#protocol/http/webhook.ts";
import type { OutboxFact } from "#protocol/outbox.ts";
import type { ReadModelRpc } from "#protocol/session/rpc.ts";
import { onSchedule } from "#worker/outgoing/on-schedule.ts";
import type { OutgoingMessage } from "#worker/outgoing/outgoing-message.ts";
import { againInMs } from "#worker/outgoing/queue-due.ts";
import { takeBatch } from "#worker/outgoing/take-batch.ts";
import { receiverFault } from "#worker/webhooks/receiver-url.ts";
import { patienceMs, retryDelaysMs } from "#worker/webhooks/retry.ts";
import {
  call,
  env,
  jsonOf,
  mallory,
  noor,
  openSchools,
  type Person,
  problemOf,
  rosa,
  type Scheduled,
  scheduleSitting,
  staffCookie,
} from "#test/support/school.ts";

const receiver = "https://receiver.example/hooks";
type Received = {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly redirect: string;
};

let received: Received[] = [];
let queued: OutgoingMessage[] = [];
/** What the receiver answers, by how many it had before. */
let answers: (count: number) => Response | Promise<Response> = () => new Response("a body that nobody reads");

beforeEach(async () => {
  await openSchools();
  received = [];
  queued = [];
  answers = () => new Response("a body that nobody reads");
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    const request = new Request(url, init);
    const headers = Object.fromEntries(request.headers);
    received.push({ url: request.url, headers, body: await request.text(), redirect: request.redirect });
    return answers(received.length - 1);
  });
});
afterEach(() => void vi.restoreAllMocks());

async function ask(method: string, path: string, body?: unknown, who: Person = rosa): Promise<Response> {
  return call(method, `/v1/webhooks${path}`, { cookie: await staffCookie(who), body });
}

async function addWebhook(...events: readonly WebhookEvent[]): Promise<WebhookSecret> {
  return jsonOf(await ask("POST", "", { url: receiver, events }));
}

async function one(id: string): Promise<Webhook> {
  const { webhooks } = await jsonOf<{ webhooks: Webhook[] }>(await ask("GET", ""));
  return webhooks.find((webhook) => webhook.id === id)!;
}

async function deliveriesOf(id: string, query = ""): Promise<DeliveryList["deliveries"]> {
  return (await jsonOf<DeliveryList>(await ask("GET", `/${id}/deliveries${query}`))).deliveries;
}

/** As the queue hands it over when its time has come: what became of the message. */
async function take(id: string, queue?: string) {
  await env.DB.prepare("update webhook_deliveries set due_at = ? where id = ?")
    .bind(Date.now() + againInMs, id)
    .run();
  return arrive(id, queue);
}

/** As the queue hands it over, whether or not that is its time. */
async function arrive(id: string, queue = "invigil-outgoing") {
  const body = { send: "webhook", tenantId: rosa.tenantId, deliveryId: brand(id) } as OutgoingMessage;
  const batch = createMessageBatch<OutgoingMessage>(queue, [{ id: "m", timestamp: Date.now(), attempts: 1, body }]);
  const [message] = batch.messages as [Message<OutgoingMessage>];
  const retry = vi.spyOn(message, "retry");
  const ack = vi.spyOn(message, "ack");
  await takeBatch(batch, env);
  return { isDone: ack.mock.calls.length === 1, againIn: retry.mock.calls[0]?.[0]?.delaySeconds ?? null };
}

/** The queue itself is not asked: what is due stays with the test. */
function holdTheQueue(): void {
  vi.spyOn(env.OUTGOING, "sendBatch").mockImplementation((messages) => {
    queued.push(...[...messages].map(({ body }) => body));
    return Promise.resolve({ metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } });
  });
}

async function tell(scheduled: Scheduled, facts: readonly OutboxFact[], attemptId?: AttemptId): Promise<void> {
  const { ReadModel } = exports as unknown as { readonly ReadModel: ReadModelRpc };
  const { examSessionId } = scheduled.sitting;
  const rows = facts.map((fact, index) => ({
    attemptId: attemptId ?? scheduled.links[0]!.attemptId,
    seq: index + 1,
    at: 1_700_000_000_000 + index,
    fact,
  }));
  await ReadModel.take({ tenantId: rosa.tenantId, examSessionId, rows });
}

const score = { points: 7, outOf: 10, items: [], categories: [] } as const;

describe("an event", () => {
  it("[W1] [W2] goes through the queue to the receiver, who verifies it, and again after an answer of 500", async () => {
    answers = (count) => new Response(null, { status: count === 0 ? 500 : 204 });
    const { id, secret } = await addWebhook("sitting.scheduled");
    const { sitting } = await scheduleSitting();
    await vi.waitFor(async () => expect((await deliveriesOf(id))[0]).toMatchObject({ status: "delivered" }), {
      timeout: 15_000,
      interval: 100,
    });
    expect(received).toHaveLength(2);
    const [first, second] = received as [Received, Received];
    expect(second.headers["webhook-id"]).toBe(first.headers["webhook-id"]);
    expect(second.body).toBe(first.body);
    for (const { headers, body, url } of [first, second]) {
      expect(url).toBe(receiver);
      expect(new Verifier(secret).verify(body, headers)).toEqual({
        type: "sitting.scheduled",
        timestamp: expect.stringMatching(/^20.*Z$/),
        data: { sittingId: sitting.id },
      });
      expect(() => new Verifier(secret).verify(body.replace("scheduled", "cancelled"), headers)).toThrow(/signature/i);
    }
    expect((await deliveriesOf(id))[0]).toMatchObject({ type: "sitting.scheduled", tries: 2, answer: "204" });
    expect(await one(id)).toMatchObject({ failingSince: null, waiting: 0, failed: 0 });
  });
});

describe("what a receiver is told", () => {
  it("[W3] is ids, kinds, times and numbers, and only of what it listens for", async () => {
    holdTheQueue();
    const { id } = await addWebhook(
      "attempt.opened",
      "attempt.terminated",
      "attempt.scored",
      "violation.noted",
      "candidates.added",
    );
    const scheduled = await scheduleSitting();
    const { attemptId, registrationId } = scheduled.links[0]!;
    const violation = {
      severity: "high",
      reason: "Ada was not alone.",
      from: 1,
      notedAt: 2,
      confidence: null,
    } as const;
    await tell(scheduled, [
      { type: "paperOpened" },
      { type: "violationNoted", violation: { kind: "several-faces", ...violation } },
      { type: "messageSent", text: "I know Ada" },
      { type: "terminated", cause: "technical", reason: "Ada's power went" },
      { type: "scored", score },
    ]);
    for (const each of await deliveriesOf(id)) await take(each.id);
    const { examSessionId, id: sittingId } = scheduled.sitting;
    const where = { attemptId, registrationId, sittingId, examSessionId };
    expect(received.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { type: "attempt.scored", timestamp: "2023-11-14T22:13:20.004Z", data: { ...where, points: 7, outOf: 10 } },
      { type: "attempt.terminated", timestamp: "2023-11-14T22:13:20.003Z", data: { ...where, cause: "technical" } },
      {
        type: "violation.noted",
        timestamp: "2023-11-14T22:13:20.001Z",
        data: { ...where, violation: "several-faces", severity: "high" },
      },
      { type: "attempt.opened", timestamp: "2023-11-14T22:13:20.000Z", data: where },
      {
        type: "candidates.added",
        timestamp: expect.any(String) as string,
        data: { sittingId, candidates: 2, rooms: 0 },
      },
    ]);
    expect(JSON.stringify(received)).not.toMatch(/Ada|alone|Grace|ada@/);
  });

  it("[W3] is told once, however often the session tells the fact", async () => {
    holdTheQueue();
    const { id } = await addWebhook("attempt.opened");
    const scheduled = await scheduleSitting();
    for (let time = 0; time < 3; time += 1) await tell(scheduled, [{ type: "paperOpened" }]);
    await tell(scheduled, [{ type: "paperOpened" }], brand<AttemptId>("stranger"));
    expect(await deliveriesOf(id)).toHaveLength(1);
  });

  it("[W1] is not there without the change, nor the change without it", async () => {
    const { id } = await addWebhook("exam.published");
    await env.DB.prepare(
      "create trigger no_more before insert on webhook_deliveries begin select raise(abort, 'no room'); end",
    ).run();
    const scheduling = scheduleSitting();
    await expect(scheduling).rejects.toThrow("500");
    const versions = await env.DB.prepare("select count(*) as n from exam_versions").first("n");
    expect(versions).toBe(0);
    const published = env.DB.prepare("select count(*) as n from audit_entries where kind = 'exam-published'");
    expect(await published.first("n")).toBe(0);
    expect(await deliveriesOf(id)).toEqual([]);
  });

  it("[W1] is not lost where the queue cannot be reached: the clock's next turn puts it there", async () => {
    const send = vi.spyOn(env.OUTGOING, "sendBatch").mockRejectedValue(new Error("no queue"));
    const { id } = await addWebhook("sitting.scheduled");
    await scheduleSitting();
    expect(await deliveriesOf(id)).toMatchObject([{ status: "waiting", tries: 0 }]);
    send.mockRestore();
    await onSchedule(env, Date.now());
    await vi.waitFor(async () => expect(await deliveriesOf(id)).toMatchObject([{ status: "delivered" }]), {
      timeout: 10_000,
      interval: 100,
    });
  });
});

describe("a receiver that does not take it", () => {
  beforeEach(holdTheQueue);

  it("[W6] [W7] is tried again later and later, then it is listed as failed, and sent again when somebody says so", async () => {
    answers = () => new Response(null, { status: 503 });
    const { id } = await addWebhook("sitting.scheduled");
    await scheduleSitting();
    const [delivery] = await deliveriesOf(id);
    const waited: (number | null)[] = [];
    for (let tries = 0; tries < retryDelaysMs.length; tries += 1) {
      waited.push((await take(delivery!.id)).againIn);
    }
    expect(waited).toEqual(retryDelaysMs.map((ms) => ms / 1000));
    expect(waited).toEqual(waited.toSorted((before, after) => before! - after!));
    expect(await take(delivery!.id)).toEqual({ isDone: true, againIn: null });
    expect(await deliveriesOf(id, "?status=failed")).toMatchObject([{ id: delivery!.id, answer: "503", tries: 10 }]);
    expect(await one(id)).toMatchObject({ failed: 1, waiting: 0, failingSince: expect.any(Number) as number });
    await take(delivery!.id);
    expect(received).toHaveLength(10);

    answers = () => new Response();
    expect((await ask("POST", `/${id}/deliveries/${delivery!.id}/resend`)).status).toBe(202);
    await take(delivery!.id);
    expect(await deliveriesOf(id)).toMatchObject([{ id: delivery!.id, status: "delivered", tries: 1, answer: "200" }]);
    expect(await one(id)).toMatchObject({ failed: 0, failingSince: null });
    expect(new Set(received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  });

  it("[W7] is tried at once when somebody says so while it waits, from the first try on, and its turn before is passed over", async () => {
    answers = () => new Response(null, { status: 503 });
    const { id } = await addWebhook("sitting.scheduled");
    await scheduleSitting();
    const [delivery] = await deliveriesOf(id);
    await take(delivery!.id);
    await take(delivery!.id);
    expect(await deliveriesOf(id)).toMatchObject([{ status: "waiting", tries: 2 }]);

    const resend = `/${id}/deliveries/${delivery!.id}/resend`;
    expect((await ask("POST", resend)).status).toBe(202);
    expect(queued.at(-1)).toMatchObject({ send: "webhook", deliveryId: delivery!.id });
    expect(await deliveriesOf(id)).toMatchObject([{ status: "waiting", tries: 0 }]);
    expect(await arrive(delivery!.id)).toEqual({ isDone: false, againIn: retryDelaysMs[0] / 1000 });
    // The message of the try before comes too: the next turn is another's.
    expect(await arrive(delivery!.id)).toEqual({ isDone: true, againIn: null });
    expect(received).toHaveLength(3);
    expect(await deliveriesOf(id)).toMatchObject([{ status: "waiting", tries: 1 }]);

    answers = () => new Response();
    expect((await ask("POST", resend)).status).toBe(202);
    await arrive(delivery!.id);
    expect(await deliveriesOf(id)).toMatchObject([{ status: "delivered", tries: 1 }]);
    const entries = await env.DB.prepare("select count(*) as n from audit_entries where kind = 'webhook-resent'").first(
      "n",
    );
    expect(entries).toBe(2);
    expect((await ask("POST", `/${id}/deliveries/nowhere/resend`)).status).toBe(404);
  });

  it.each([
    ["301", () => new Response(null, { status: 301, headers: { location: "http://169.254.169.254/" } })],
    ["timeout", () => Promise.reject(new DOMException("too slow", "TimeoutError"))],
    ["unreachable", () => Promise.reject(new TypeError("no such name"))],
  ] as const)("[W5] is not followed nor waited for: %s", async (answer, make) => {
    answers = make;
    const { id } = await addWebhook("sitting.scheduled");
    await scheduleSitting();
    const [delivery] = await deliveriesOf(id);
    await take(delivery!.id);
    expect(received).toMatchObject([{ url: receiver, redirect: "manual" }]);
    expect(await deliveriesOf(id)).toMatchObject([{ status: "waiting", answer }]);
  });

  it("[W7] is listed as failed too where our own parts failed each time", async () => {
    const { id } = await addWebhook("sitting.scheduled");
    await scheduleSitting();
    const [delivery] = await deliveriesOf(id);
    await env.DB.prepare("update webhook_endpoints set secret = 'changed'").run();
    expect(await take(delivery!.id)).toEqual({ isDone: false, againIn: 60 });
    await take(delivery!.id, "invigil-outgoing-dead");
    expect(await deliveriesOf(id, "?status=failed")).toMatchObject([{ answer: "not-sent", tries: 0 }]);
    expect(received).toEqual([]);
  });

  it("[W9] is paused after days, which the audit says, and what happens meanwhile is kept to be sent", async () => {
    answers = () => new Response(null, { status: 500 });
    const { id } = await addWebhook("sitting.scheduled");
    await scheduleSitting();
    const [delivery] = await deliveriesOf(id);
    await take(delivery!.id);
    expect(await one(id)).toMatchObject({ state: "on" });
    await env.DB.prepare("update webhook_endpoints set failing_since = ?")
      .bind(Date.now() - patienceMs - 1)
      .run();
    await take(delivery!.id);
    expect(await one(id)).toMatchObject({ state: "paused" });
    const entries = await env.DB.prepare("select entry from audit_entries where kind = 'webhook-paused'").all<{
      entry: string;
    }>();
    expect(entries.results.map(({ entry }) => JSON.parse(entry) as AuditEntry)).toMatchObject([
      { who: { kind: "system" }, on: { kind: "webhook", id }, details: { answer: "500" } },
    ]);
    await scheduleSitting();
    await take(delivery!.id);
    expect(await deliveriesOf(id, "?status=failed")).toMatchObject([{ answer: "paused" }, { answer: "paused" }]);

    answers = () => new Response();
    await ask("PUT", `/${id}`, { url: receiver, events: ["sitting.scheduled"], isOn: true });
    expect(await jsonOf(await ask("POST", `/${id}/resend`))).toEqual({ resent: 2 });
    for (const each of await deliveriesOf(id)) await take(each.id);
    expect(await deliveriesOf(id)).toMatchObject([{ status: "delivered" }, { status: "delivered" }]);
  });

  it("[W9] is paused at once when it says 410 Gone", async () => {
    answers = () => new Response(null, { status: 410 });
    const { id } = await addWebhook("sitting.scheduled");
    await scheduleSitting();
    await take((await deliveriesOf(id))[0]!.id);
    expect(await one(id)).toMatchObject({ state: "paused", failed: 1 });
  });
});

describe("a webhook", () => {
  beforeEach(holdTheQueue);

  it("[W8] has a secret that is shown once and kept encrypted, and for a day after it is replaced signs with both", async () => {
    const { id, secret } = await addWebhook("sitting.scheduled");
    const stored = JSON.stringify((await env.DB.prepare("select * from webhook_endpoints").all()).results);
    expect(stored).not.toContain(secret.slice("whsec_".length));
    expect(await (await ask("GET", "")).text()).not.toContain(secret.slice("whsec_".length));
    const replaced = await jsonOf<WebhookSecret>(await ask("POST", `/${id}/secret`));
    await ask("POST", `/${id}/test`);
    const [delivery] = await deliveriesOf(id);
    await take(delivery!.id);
    const { body, headers } = received[0]!;
    for (const each of [secret, replaced.secret]) {
      expect(new Verifier(each).verify(body, headers)).toMatchObject({ type: "test", data: { webhookId: id } });
    }
    await env.DB.prepare("update webhook_endpoints set previous_until = ?").bind(Date.now()).run();
    await ask("POST", `/${id}/deliveries/${delivery!.id}/resend`);
    await take(delivery!.id);
    expect(new Verifier(replaced.secret).verify(received[1]!.body, received[1]!.headers)).toMatchObject({});
    expect(() => new Verifier(secret).verify(received[1]!.body, received[1]!.headers)).toThrow(/signature/i);
  });

  it("that is off is told nothing, and what waited is not sent", async () => {
    const { id } = await addWebhook("sitting.scheduled");
    await scheduleSitting();
    const [delivery] = await deliveriesOf(id);
    const change = { url: receiver, events: ["sitting.scheduled"], isOn: false };
    expect(await jsonOf(await ask("PUT", `/${id}`, change))).toMatchObject({ state: "off" });
    await take(delivery!.id);
    await scheduleSitting();
    expect(await deliveriesOf(id)).toMatchObject([{ status: "failed", answer: "off" }]);
    expect(received).toEqual([]);
  });

  it("[W11] is in the audit with the receiver that its events went to since, and not with the rest of the address", async () => {
    const { id } = await addWebhook("sitting.scheduled");
    const url = "https://elsewhere.example:8443/hooks/secret-path?token=x";
    await ask("PUT", `/${id}`, { url, events: ["sitting.scheduled"], isOn: true });
    const { results } = await env.DB.prepare("select entry from audit_entries where subject = ? order by seq")
      .bind(id)
      .all<{ entry: string }>();
    expect(results.map(({ entry }) => JSON.parse(entry) as AuditEntry)).toMatchObject([
      { kind: "webhook-added", details: { receiver: "receiver.example", events: "sitting.scheduled" } },
      { kind: "webhook-changed", details: { receiver: "elsewhere.example:8443", events: "sitting.scheduled" } },
    ]);
    expect(JSON.stringify(results)).not.toContain("secret-path");
  });

  it("is removed with what was sent to it, and no more than twenty are kept", async () => {
    const { id } = await addWebhook("sitting.scheduled");
    await scheduleSitting();
    expect((await ask("DELETE", `/${id}`)).status).toBe(204);
    expect(await env.DB.prepare("select count(*) as n from webhook_deliveries").first("n")).toBe(0);
    for (let count = 0; count < 20; count += 1) await addWebhook("attempt.opened");
    expect(await problemOf(await ask("POST", "", { url: receiver, events: ["attempt.opened"] }))).toMatchObject({
      code: "refused",
    });
  });

  it("lists what was sent in pages that miss none and repeat none", async () => {
    const { id } = await addWebhook("sitting.scheduled");
    for (let count = 0; count < 60; count += 1) await ask("POST", `/${id}/test`);
    const first = await jsonOf<DeliveryList>(await ask("GET", `/${id}/deliveries`));
    const second = await jsonOf<DeliveryList>(await ask("GET", `/${id}/deliveries?before=${first.older}`));
    const events = [...first.deliveries, ...second.deliveries].map(({ event }) => event);
    expect([first.deliveries.length, second.deliveries.length, second.older]).toEqual([50, 10, null]);
    expect(events).toEqual([...new Set(events)].toSorted((one_, other) => other - one_));
  });

  it("[W4] is another institution's business in nothing: not its events, its list, nor that it is there", async () => {
    const theirs = await jsonOf<WebhookSecret>(
      await ask("POST", "", { url: receiver, events: ["sitting.scheduled"] }, mallory),
    );
    const { id } = await addWebhook("sitting.scheduled");
    await scheduleSitting();
    const rows = await env.DB.prepare("select tenant_id, webhook_id from webhook_deliveries").all();
    expect(rows.results).toEqual([{ tenant_id: rosa.tenantId, webhook_id: id }]);
    expect(await jsonOf(await ask("GET", "", undefined, mallory))).toMatchObject({ webhooks: [{ id: theirs.id }] });
    const [delivery] = await deliveriesOf(id);
    const paths = [`/${id}/deliveries`, `/${id}/test`, `/${id}/resend`, `/${id}/deliveries/${delivery!.id}/resend`];
    for (const path of paths) {
      const method = path.endsWith("deliveries") ? "GET" : "POST";
      expect((await ask(method, path, undefined, mallory)).status).toBe(404);
    }
    const message = { send: "webhook", tenantId: brand<TenantId>("south"), deliveryId: delivery!.id } as const;
    await takeBatch(
      createMessageBatch("invigil-outgoing", [{ id: "m", timestamp: 0, attempts: 1, body: message }]),
      env,
    );
    expect(received).toEqual([]);
    expect((await ask("GET", "", undefined, noor)).status).toBe(403);
  });

  it.each([
    "http://receiver.example/",
    "https://127.0.0.1/",
    "https://0x7f.1/",
    "https://2130706433/",
    "https://10.0.0.7/",
    "https://169.254.169.254/latest/meta-data",
    "https://[::1]/",
    "https://[fd00::1]/",
    "https://localhost/",
    "https://intranet/",
    "https://printer.local/",
    "https://metadata.google.internal/",
    "https://metadata.google.internal./",
    "https://user:password@receiver.example/",
    "ftp://receiver.example/",
    "file:///etc/passwd",
    "receiver.example",
  ])("[W5] is not sent to %s", async (url) => {
    expect(await problemOf(await ask("POST", "", { url, events: ["attempt.opened"] }))).toMatchObject({ status: 400 });
    const { id } = await addWebhook("attempt.opened");
    const change = { url, events: ["attempt.opened"], isOn: true };
    expect((await ask("PUT", `/${id}`, change)).status).toBe(400);
    expect(await one(id)).toMatchObject({ url: receiver });
  });
});

describe("receiverFault", () => {
  it("[W5] takes plain http to this computer only where the Worker is on it too", () => {
    const mine = "http://127.0.0.1:9000/hooks";
    expect(receiverFault(mine, "localhost")).toBeNull();
    expect(receiverFault("http://[::1]:9000/", "127.0.0.1")).toBeNull();
    expect(receiverFault(mine, "invigil.example")).not.toBeNull();
    expect(receiverFault("http://10.0.0.7/", "localhost")).not.toBeNull();
    expect(receiverFault("https://receiver.example:8443/hooks?key=1", "invigil.example")).toBeNull();
  });
});
