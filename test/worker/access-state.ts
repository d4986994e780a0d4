import { runInDurableObject } from "cloudflare:test";
import { examSession } from "#worker/exam-sessions.ts";
import { env } from "#test/support/school.ts";
import type { Stub } from "#test/support/session-room.ts";
import type { Ids } from "./access-route.ts";

/** What a request may leave behind that was refused: its entry in the audit, and when a key was used last. */
const movesWithEveryQuestion = new Set(["audit_entries", "transparency_logs"]);
const movesWithEveryUse = "last_used_at";

type Row = Readonly<Record<string, unknown>>;

/**
 * All that is kept of the three schools: the rows of both databases, those of the exam session's object, and the names of
 * what lies in the buckets.
 */
export async function stateOf({ examSessionId }: Ids): Promise<Readonly<Record<string, readonly string[]>>> {
  const session = examSession(env, examSessionId) as Stub;
  const inSession = await runInDurableObject(session, async (_, { storage }) => {
    const tables = storage.sql.exec<{ name: string }>(tablesQuery).toArray();
    const rows = tables.map(({ name }) => ({
      name,
      rows: textsOf(storage.sql.exec(`select * from ${name}`).toArray()),
    }));
    return [...rows, { name: "alarm", rows: [String(await storage.getAlarm())] }];
  });
  const parts = [
    ...(await rowsOf("shared", env.DB)),
    ...(await rowsOf("eu", env.DB_EU)),
    ...inSession.map(({ name, rows }) => [`session ${name}`, rows] as const),
    ["recordings", await namesIn(env.RECORDINGS)] as const,
    ["recordings eu", await namesIn(env.RECORDINGS_EU)] as const,
  ];
  return Object.fromEntries(parts);
}

const tablesQuery =
  "select name from sqlite_master where type = 'table' and name not like 'sqlite%' and name not like '\\_cf%' escape '\\'";

async function rowsOf(home: string, database: D1Database): Promise<readonly (readonly [string, readonly string[]])[]> {
  const { results } = await database.prepare(tablesQuery).all<{ name: string }>();
  const tables = results.map(({ name }) => name).filter((name) => !movesWithEveryQuestion.has(name));
  const answers = await database.batch<Row>(tables.map((name) => database.prepare(`select * from ${name}`)));
  return answers.map((answer, index) => [`${home} ${tables[index]}`, textsOf(answer.results)] as const);
}

function textsOf(rows: readonly Row[]): string[] {
  return rows
    .map((row) => JSON.stringify(row, (name, value: unknown) => (name === movesWithEveryUse ? undefined : value)))
    .toSorted();
}

async function namesIn(bucket: R2Bucket): Promise<readonly string[]> {
  return (await bucket.list()).objects.map(({ key, etag }) => `${key} ${etag}`);
}
