import { expect, it } from "vitest";
import { type AttemptId, brand, type RegistrationId } from "#domain/exam/ids.ts";
import { asCandidate, asProctor, openRoom } from "#test/support/session-room.ts";

const count = 500;
const ids = Array.from({ length: count }, (_, index) => brand<AttemptId>(`attempt-${index}`));

it("[R17] five hundred who come at once each have their welcome, and consoles are told of them together", async () => {
  const stub = await openRoom();
  await stub.register(
    ids.map((attemptId) => ({ attemptId, registrationId: brand<RegistrationId>(`of-${attemptId}`), name: attemptId })),
  );
  const proctor = await asProctor(stub);
  await proctor.welcome();
  const from = proctor.came.length;
  const began = Date.now();
  const lines = await Promise.all(ids.map((attemptId) => asCandidate(stub, attemptId, `browser of ${attemptId}`)));
  const welcomes = await Promise.all(lines.map((line) => line.welcome()));
  expect(welcomes.map(({ attemptId }) => attemptId)).toEqual(ids);

  const told = () => proctor.came.slice(from).flatMap((down) => (down.type === "tiles" ? [down.tiles] : []));
  const online = () =>
    new Set(told().flatMap((tiles) => tiles.flatMap((tile) => (tile.online ? [tile.attemptId] : []))));
  await proctor.until(() => (online().size === count ? true : undefined));
  // Every tile once or twice, in a message for each tenth of a second and not for each candidate.
  expect(told().flat().length).toBeLessThan(2 * count);
  expect(told().length).toBeLessThanOrEqual(2 + (Date.now() - began) / 100);
});
