/** A camera picture as it is drawn: 640x480, layer over layer. Lengths are pixels, angles degrees. */
export type Picture = {
  readonly layers: readonly Layer[];
  /** 1: as drawn. */
  readonly brightness?: number;
  /** How far it is blurred. */
  readonly blur?: number;
  /** The standard deviation of the sensor's noise; 3 where nothing is said. */
  readonly noise?: number;
};

export type Layer =
  | { readonly draw: "room"; readonly room: Room }
  | ({ readonly draw: "person" } & Person)
  | { readonly draw: "poster"; readonly poster: Poster; readonly x: number; readonly y: number; readonly size: number }
  | { readonly draw: "hand"; readonly x: number; readonly y: number; readonly size: number }
  | { readonly draw: "book"; readonly x: number; readonly y: number; readonly size: number }
  /** The whole picture, from one colour at the top to another at the bottom. */
  | { readonly draw: "fill"; readonly from: string; readonly to: string };

export type Room = "wall" | "shelves" | "window" | "pattern";
export type Poster = "cartoon" | "smiley" | "cat" | "landscape";

export type Person = {
  /** Where the middle of the head is; 320, 140 where nothing is said. */
  readonly x?: number;
  readonly y?: number;
  /** 1: as large as in the portrait. */
  readonly scale?: number;
  readonly isMirrored?: boolean;
  /** The head is leaned to a shoulder. */
  readonly lean?: number;
  /** The head is turned to the side, and up (above 0) or down, as the texture of a cylinder is. */
  readonly turn?: number;
  readonly nod?: number;
  readonly brightness?: number;
};
