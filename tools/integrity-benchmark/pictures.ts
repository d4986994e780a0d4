import type { Layer, Person, Picture, Poster, Room } from "./picture.ts";

/** The candidate before a room, as all the time between two clips. */
export const seated: Picture = before("shelves", sits());

export function before(room: Room, ...layers: readonly Layer[]): Picture {
  return { layers: [{ draw: "room", room }, ...layers] };
}

export function sits(person: Person = {}): Layer {
  return { draw: "person", ...person };
}

export function poster(name: Poster, x: number, y: number, size: number): Layer {
  return { draw: "poster", poster: name, x, y, size };
}

export function filled(from: string, to: string, noise = 3): Picture {
  return { layers: [{ draw: "fill", from, to }], noise };
}
