/** Two counts in a row must agree in kind (none, one, several) before they are believed: one picture proves nothing. */
export function createFaceAgreement() {
  let last: number | null = null;
  return {
    /** The count, or null while it stands alone. */
    read(count: number): number | null {
      const agrees = last !== null && kindOf(last) === kindOf(count);
      last = count;
      return agrees ? count : null;
    },
    /** The next count stands alone: what was seen before it is too long ago. */
    forget(): void {
      last = null;
    },
  };
}

function kindOf(count: number): number {
  return Math.min(count, 2);
}
