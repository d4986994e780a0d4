import type { Poster, Room } from "../picture.ts";

type Context = OffscreenCanvasRenderingContext2D;
type Placed = { readonly x: number; readonly y: number; readonly size: number };

const width = 640;
const height = 480;

export function drawRoom(context: Context, room: Room): void {
  const wall = context.createLinearGradient(0, 0, width, height);
  wall.addColorStop(0, "#b9b4a8");
  wall.addColorStop(1, "#8f8a80");
  context.fillStyle = wall;
  context.fillRect(0, 0, width, height);
  switch (room) {
    case "wall":
      return;
    case "shelves":
      drawShelves(context);
      return;
    case "window":
      rectangle(context, "#fffef8", 340, 20, 260, 300);
      rectangle(context, "#6b6256", 462, 20, 12, 300);
      return;
    case "pattern":
      for (let x = 0; x < width; x += 40) {
        for (let y = 0; y < height; y += 40) circle(context, (x + y) % 80 === 0 ? "#7d4b3a" : "#d9cbb2", x, y, 14);
      }
      return;
  }
}

function drawShelves(context: Context): void {
  const colours = ["#6d3b2f", "#2f4d6d", "#3d5a3a", "#7c6a3a", "#5a3d5f"];
  for (let shelf = 0; shelf < 3; shelf += 1) {
    const y = 30 + shelf * 130;
    rectangle(context, "#5c4a38", 0, y + 96, width, 12);
    for (let book = 0; book < 22; book += 1) {
      const tall = 60 + ((book * 37 + shelf * 11) % 34);
      rectangle(context, colours[(book + shelf) % colours.length] ?? "#444", 8 + book * 29, y + 96 - tall, 24, tall);
    }
  }
}

export function drawPoster(context: Context, { poster, x, y, size }: Placed & { readonly poster: Poster }): void {
  rectangle(context, "#f4efe2", x - size * 0.6, y - size * 0.75, size * 1.2, size * 1.5);
  switch (poster) {
    case "smiley":
      circle(context, "#f2c530", x, y, size * 0.45);
      circle(context, "#222", x - size * 0.16, y - size * 0.12, size * 0.05);
      circle(context, "#222", x + size * 0.16, y - size * 0.12, size * 0.05);
      smile(context, x, y + size * 0.05, size * 0.25);
      return;
    case "cartoon":
      circle(context, "#2b6cb0", x, y + size * 0.75, size * 0.4);
      rectangle(context, "#f4efe2", x - size * 0.5, y + size * 0.75, size, size * 0.5);
      circle(context, "#3a6ea5", x, y, size * 0.4);
      circle(context, "#fff", x - size * 0.13, y - size * 0.1, size * 0.13);
      circle(context, "#fff", x + size * 0.13, y - size * 0.1, size * 0.13);
      circle(context, "#000", x - size * 0.1, y - size * 0.08, size * 0.03);
      circle(context, "#000", x + size * 0.1, y - size * 0.08, size * 0.03);
      smile(context, x, y + size * 0.12, size * 0.2);
      return;
    case "cat":
      triangle(context, "#888", x - size * 0.38, y - size * 0.1, size * 0.3);
      triangle(context, "#888", x + size * 0.08, y - size * 0.1, size * 0.3);
      circle(context, "#888", x, y + size * 0.1, size * 0.38);
      circle(context, "#9c3", x - size * 0.15, y, size * 0.07);
      circle(context, "#9c3", x + size * 0.15, y, size * 0.07);
      circle(context, "#d77", x, y + size * 0.15, size * 0.04);
      return;
    case "landscape":
      rectangle(context, "#8ec1e8", x - size * 0.55, y - size * 0.7, size * 1.1, size * 0.8);
      rectangle(context, "#4f7a3a", x - size * 0.55, y + size * 0.1, size * 1.1, size * 0.6);
      circle(context, "#ffe27a", x + size * 0.3, y - size * 0.45, size * 0.12);
      return;
  }
}

/** A palm and four fingers, near the lens. */
export function drawHand(context: Context, { x, y, size }: Placed): void {
  circle(context, "#c08a6e", x, y, size * 0.5);
  for (let finger = 0; finger < 4; finger += 1) {
    const left = x - size * 0.45 + finger * size * 0.24;
    rectangle(context, finger % 2 === 0 ? "#b98267" : "#c4907a", left, y - size * 1.1, size * 0.2, size * 0.9);
  }
}

/** The cover of an open book that somebody holds up. */
export function drawBook(context: Context, { x, y, size }: Placed): void {
  rectangle(context, "#27405c", x - size * 0.7, y - size * 0.5, size * 1.4, size);
  rectangle(context, "#1b2d42", x - size * 0.03, y - size * 0.5, size * 0.06, size);
  rectangle(context, "#d8c48a", x + size * 0.15, y - size * 0.3, size * 0.4, size * 0.12);
}

function rectangle(context: Context, colour: string, x: number, y: number, wide: number, tall: number): void {
  context.fillStyle = colour;
  context.fillRect(x, y, wide, tall);
}

function circle(context: Context, colour: string, x: number, y: number, radius: number): void {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

function triangle(context: Context, colour: string, x: number, y: number, size: number): void {
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + size / 2, y - size);
  context.lineTo(x + size, y);
  context.fill();
}

function smile(context: Context, x: number, y: number, radius: number): void {
  context.strokeStyle = "#222";
  context.lineWidth = Math.max(2, radius * 0.15);
  context.beginPath();
  context.arc(x, y, radius, 0.15 * Math.PI, 0.85 * Math.PI);
  context.stroke();
}
