/** Parts of the world in which a room can be near its candidates, as Cloudflare's location hints name them. */
export const regions = ["wnam", "enam", "sam", "weur", "eeur", "apac", "oc", "afr", "me"] as const;
export type Region = (typeof regions)[number];

/** Laws under which a room can be bound to run and to keep its data. */
export const jurisdictions = ["eu", "us", "fedramp", "fedramp-high"] as const;
export type Jurisdiction = (typeof jurisdictions)[number];

/** How many candidates a room holds when nobody says otherwise, and the most that it may hold. */
export const usualCapacity = 200;
export const largestCapacity = 1_000;

/** Each room that is opened is one more call on the way to an answer. */
export const mostRoomsOpenedAtOnce = 50;

/** One room of a sitting. `number` counts from 1 and is never given again; `region` null is anywhere. */
export type SittingRoom = {
  readonly number: number;
  readonly capacity: number;
  readonly region: Region | null;
  readonly taken: number;
};

/** Why a room is opened: the region has no room yet, or its rooms are full. */
export type WhyOpened = "first-of-region" | "rooms-full";

export type OpenedRoom = Omit<SittingRoom, "taken"> & { readonly why: WhyOpened };

/** `numbers`: the room of each newcomer, in the order of the newcomers. */
export type Placement = { readonly numbers: readonly number[]; readonly opened: readonly OpenedRoom[] };

type SittingPlan = { readonly capacity: number; readonly region: Region | null };
type Newcomer = { readonly region: Region | null };

/**
 * Where newcomers sit [R20-R24]: each in a room of the region asked for (else of the sitting's), the one with the fewest
 * candidates. As few rooms are opened as hold them all. Who sits already is not asked about and does not move.
 */
export function placeNewcomers(
  rooms: readonly SittingRoom[],
  newcomers: readonly Newcomer[],
  plan: SittingPlan,
): Placement {
  const wanted = newcomers.map(({ region }) => region ?? plan.region);
  const opened: OpenedRoom[] = [];
  const seats: { readonly number: number; readonly region: Region | null; readonly capacity: number; taken: number }[] =
    rooms.map(({ number, region, capacity, taken }) => ({ number, region, capacity, taken }));
  let next = Math.max(0, ...rooms.map(({ number }) => number)) + 1;

  for (const region of new Set(wanted)) {
    const here = rooms.filter((room) => room.region === region);
    const free = here.reduce((sum, { capacity, taken }) => sum + Math.max(0, capacity - taken), 0);
    const without = wanted.filter((each) => each === region).length - free;
    for (let missing = without; missing > 0; missing -= plan.capacity) {
      const room = { number: next, capacity: plan.capacity, region };
      opened.push({ ...room, why: here.length === 0 ? "first-of-region" : "rooms-full" });
      seats.push({ ...room, taken: 0 });
      next += 1;
    }
  }

  const numbers = wanted.map((region) => {
    const [seat] = seats
      .filter((each) => each.region === region && each.taken < each.capacity)
      .toSorted((one, other) => one.taken - other.taken || one.number - other.number);
    if (seat === undefined) throw new Error("rooms were opened for everybody, and one has no place");
    seat.taken += 1;
    return seat.number;
  });
  return { numbers, opened };
}
