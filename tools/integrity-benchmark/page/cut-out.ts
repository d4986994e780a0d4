/** The portrait's own measures: pixels of the 640x480 picture. */
export const head = { x: 317, y: 140 };

/** The person of the portrait without the room behind: head and shoulders, with a soft border. */
export function cutOut(portrait: ImageBitmap): OffscreenCanvas {
  const { width, height } = portrait;
  const mask = new OffscreenCanvas(width, height);
  const drawing = mask.getContext("2d");
  const cut = new OffscreenCanvas(width, height);
  const context = cut.getContext("2d");
  if (drawing === null || context === null) throw new Error("a canvas has no context");
  drawing.filter = "blur(4px)";
  drawing.beginPath();
  drawing.ellipse(317, 128, 114, 106, 0, 0, 2 * Math.PI);
  drawing.fill();
  // The chin, the ring of the suit, and the shoulders.
  const outline: readonly (readonly [number, number])[] = [
    [240, 180],
    [250, 235],
    [190, 235],
    [150, 275],
    [140, 320],
    [75, 370],
    [30, 490],
    [515, 490],
    [490, 410],
    [435, 360],
    [432, 320],
    [400, 275],
    [362, 255],
    [372, 215],
    [392, 180],
  ];
  drawing.beginPath();
  for (const [x, y] of outline) drawing.lineTo(x, y);
  drawing.closePath();
  drawing.fill();
  context.drawImage(portrait, 0, 0);
  context.globalCompositeOperation = "destination-in";
  context.drawImage(mask, 0, 0);
  return cut;
}
