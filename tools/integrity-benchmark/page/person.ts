import type { Person } from "../picture.ts";
import { head } from "./cut-out.ts";
import { turnHead } from "./turn-head.ts";

const radians = Math.PI / 180;

/** Draws the person of the portrait. */
export function drawPerson(
  context: OffscreenCanvasRenderingContext2D,
  person: OffscreenCanvas,
  { x = 320, y = 140, scale = 1, isMirrored = false, lean = 0, turn = 0, nod = 0, brightness = 1 }: Person,
): void {
  const drawn = turn === 0 && nod === 0 ? person : turnHead(person, turn * radians, nod * radians);
  if (brightness !== 1) context.filter = `brightness(${brightness})`;
  context.translate(x, y);
  context.scale(isMirrored ? -scale : scale, scale);
  context.rotate(lean * radians);
  context.drawImage(drawn, -head.x, -head.y);
}
