/** The tile that an arrow key leads to from this one, or null. Up and down follow the rows as they are laid out. */
export function nextTile(from: HTMLElement, key: string): HTMLElement | null {
  const tiles = [...(from.closest("ul")?.querySelectorAll<HTMLElement>("button[data-attempt]") ?? [])];
  const index = tiles.indexOf(from);
  if (index === -1) return null;
  return tiles[index + stepFor(key, columnsOf(tiles))] ?? null;
}

function columnsOf(tiles: readonly HTMLElement[]): number {
  const top = tiles[0]?.getBoundingClientRect().top;
  return Math.max(1, tiles.filter((tile) => tile.getBoundingClientRect().top === top).length);
}

function stepFor(key: string, columns: number): number {
  switch (key) {
    case "ArrowRight":
      return 1;
    case "ArrowLeft":
      return -1;
    case "ArrowDown":
      return columns;
    case "ArrowUp":
      return -columns;
    default:
      return Number.NaN;
  }
}
