import type { Jurisdiction, Region, WhyOpened } from "#domain/exam/rooms.ts";

/** A room of a sitting as everybody calls it. */
export function roomName(number: number): string {
  return `Room ${number}`;
}

export const regionNames: Readonly<Record<Region, string>> = {
  wnam: "Western North America",
  enam: "Eastern North America",
  sam: "South America",
  weur: "Western Europe",
  eeur: "Eastern Europe",
  apac: "Asia and Pacific",
  oc: "Oceania",
  afr: "Africa",
  me: "Middle East",
};

const lawPlaces: Readonly<Record<Jurisdiction, string>> = {
  eu: "the European Union",
  us: "the United States",
  fedramp: "FedRAMP",
  "fedramp-high": "FedRAMP High",
};

/** Said where the institution asks for a jurisdiction that rooms do not have; null where there is nothing to say. */
export function unboundWords(asked: Jurisdiction | null, rooms: readonly RoomBound[]): string | null {
  const unbound = rooms.filter(({ jurisdiction }) => jurisdiction !== asked);
  if (asked === null || unbound.length === 0) return null;
  const names = unbound.map(({ number }) => roomName(number)).join(", ");
  const verb = unbound.length === 1 ? "is" : "are";
  return `Your institution asks that exams are held within ${lawPlaces[asked]}. This installation could not do that: ${names} ${verb} not bound to it.`;
}

/** Where the exams of an institution are held, by what it asks and what a room that is opened now is bound to. */
export function heldWords(asked: Jurisdiction | null, bound: Jurisdiction | null): string {
  if (asked === null) return "Exams are held wherever their candidates are near: no law was asked for.";
  return asked === bound
    ? `Exams are held within ${lawPlaces[asked]}.`
    : `⚠ Exams are to be held within ${lawPlaces[asked]}. This installation cannot do that: they are bound to no place.`;
}

type RoomBound = { readonly number: number; readonly jurisdiction: Jurisdiction | null };

/** Why a room was opened. */
export function openedWords({ number, region, why }: OpenedRoom): string {
  const where = region === null ? "" : ` near ${regionNames[region]}`;
  return why === "rooms-full"
    ? `${roomName(number)} was opened${where}, because there was no place left.`
    : `${roomName(number)} was opened${where}, the first one there.`;
}

type OpenedRoom = { readonly number: number; readonly region: Region | null; readonly why: WhyOpened };
