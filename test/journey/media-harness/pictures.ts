/** How many of a stream's first pictures the page looks at. */
export const picturesLookedAt = 8;
