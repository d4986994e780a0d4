import { drizzle } from "drizzle-orm/d1";
import { brand, type TenantId } from "#domain/exam/ids.ts";
import { auditReader } from "#worker/database/audit-reader.ts";
import { auditStatement } from "#worker/database/audit-statement.ts";
import { queriesOf } from "./audit-queries.ts";
import { madeUpEntry } from "./made-up-entry.ts";

/** Two institutions that share one database: each has every second entry. */
const north = brand<TenantId>("north");
const south = brand<TenantId>("south");

type Env = { readonly DB: D1Database };

/**
 * `/open` makes the institutions; `/fill?first&count` enters entries of both; `/ask?each&query&times` asks one of the page's
 * questions so many times, one after the other, where each institution has so many entries. Whoever calls has the clock.
 */
// oxlint-disable-next-line import/no-default-export -- the runtime looks for the Worker there
export default {
  async fetch(request: Request, { DB }: Env): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const number = (name: string) => Number(searchParams.get(name));
    switch (pathname) {
      case "/open":
        await DB.prepare(
          "insert into tenants (id, name, created_at) values ('north', 'North', 0), ('south', 'South', 0)",
        ).run();
        return Response.json({});
      case "/fill":
        await fill(DB, number("first"), number("count"));
        return Response.json({});
      case "/ask": {
        const asked = queriesOf(number("each"))[number("query")];
        if (asked === undefined) return Response.json({ name: null, found: 0 });
        const reader = auditReader(DB, north);
        let found = 0;
        for (let time = 0; time < number("times"); time += 1) found = (await reader.list(asked[1], 50)).entries.length;
        return Response.json({ name: asked[0], found });
      }
      default:
        return new Response(null, { status: 404 });
    }
  },
};

/** Through the product's own statement, and so with its numbers, its triggers and its indexes. */
async function fill(database: D1Database, first: number, count: number): Promise<void> {
  const entries = Array.from({ length: count }, (_, index) => ({
    source: `made-up:${first + index}`,
    entry: madeUpEntry(first + index),
  }));
  await drizzle(database).batch([auditStatement(database, north, entries), auditStatement(database, south, entries)]);
}
