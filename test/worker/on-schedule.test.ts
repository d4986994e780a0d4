import { beforeEach, expect, it } from "vitest";
import type { MailList } from "#protocol/http/mail.ts";
import { runSchedule } from "./run-schedule.ts";
import { call, env, jsonOf, openSchools, rosa, scheduleSitting, staffCookie } from "#test/support/school.ts";

const dayMs = 24 * 3_600_000;

beforeEach(openSchools);

it("[W10] what became of an event goes after thirty days, delivered or not, and what waits stays", async () => {
  const cookie = await staffCookie(rosa);
  const body = { url: "https://receiver.example/", events: ["sitting.scheduled"] };
  await jsonOf(await call("POST", "/v1/webhooks", { cookie, body }));
  for (const _ of [1, 2, 3]) await scheduleSitting();
  const rows = "select id from webhook_deliveries order by id";
  const { results } = await env.DB.prepare(rows).all<{ id: string }>();
  const statuses = ["waiting", "failed", "delivered"];
  const change = env.DB.prepare("update webhook_deliveries set status = ?, due_at = ? where id = ?");
  await env.DB.batch(results.map(({ id }, at) => change.bind(statuses[at] ?? "failed", Date.now() + 90 * dayMs, id)));
  const left = async () => (await env.DB.prepare("select status from webhook_deliveries").all()).results;
  await runSchedule(Date.now() + 29 * dayMs);
  expect(await left()).toHaveLength(results.length);
  await runSchedule(Date.now() + 31 * dayMs);
  expect(await left()).toEqual([{ status: "waiting" }]);
});

it("[M5] a mail that is still on its way after a day has failed", async () => {
  const { sitting } = await scheduleSitting();
  const insert =
    "insert into mails (tenant_id, id, kind, \"to\", subject, sitting_id, status, created_at) values ('north', 'm', 'candidate-link', 'ada@people.example', 'Your exam', ?, 'waiting', ?)";
  await env.DB.prepare("delete from mails").run();
  await env.DB.prepare(insert).bind(sitting.id, Date.now()).run();
  const statusOf = async () => {
    const list = await jsonOf<MailList>(await call("GET", "/v1/mails", { cookie: await staffCookie(rosa) }));
    return list.mails.map(({ status }) => status);
  };
  await runSchedule(Date.now() + dayMs / 2);
  expect(await statusOf()).toEqual(["waiting"]);
  await runSchedule(Date.now() + 2 * dayMs);
  expect(await statusOf()).toEqual(["failed"]);
});
