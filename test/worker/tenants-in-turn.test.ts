import { expect, it } from "vitest";
import { env, openSchools } from "#test/support/school.ts";
import { tenantsInTurn } from "#worker/tenants-in-turn.ts";

const everyMs = 1_000;

it("[D6] each run begins with another institution, and has them all", async () => {
  await openSchools();
  const order = async (run: number) => (await tenantsInTurn(env.DB, run * everyMs + 5, everyMs)).map(({ id }) => id);
  const [first = "", ...rest] = await order(0);
  expect(rest.length).toBeGreaterThan(1);
  expect(await order(1)).toEqual([...rest, first]);
  expect(await order(rest.length + 1)).toEqual([first, ...rest]);
});
