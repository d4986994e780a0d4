/** Two readings in a row must be of one kind before they are believed: one picture proves nothing. */
export function createAgreement<Reading>(kindOf: (reading: Reading) => unknown = (reading) => reading) {
  let last: { readonly kind: unknown } | null = null;
  return {
    /** The reading, or null while it stands alone. */
    read(reading: Reading): Reading | null {
      const kind = kindOf(reading);
      const agrees = last !== null && last.kind === kind;
      last = { kind };
      return agrees ? reading : null;
    },
    /** The next reading stands alone: what was seen before it is too long ago. */
    forget(): void {
      last = null;
    },
  };
}
