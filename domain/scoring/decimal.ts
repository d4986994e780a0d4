/** A decimal number, exactly: `units / 10 ** scale`. */
export type Decimal = { readonly units: bigint; readonly scale: number };

// Digits, perhaps in groups of three with a space between (any kind: typists and keyboards differ), then perhaps a
// decimal part after a comma or a point. A comma is never a thousands separator: 1,234 is a little more than one.
const typedNumber = /^([+\-\u2212])?\s?(\d{1,3}(?:\s\d{3})+|\d+)?(?:[.,](\d*))?$/;

/** What a person typed for a number, or null when it is none. White space around it does not matter. */
export function parseTypedNumber(text: string): Decimal | null {
  const match = typedNumber.exec(text.trim());
  if (match === null) return null;
  const [, sign = "", whole = "", fraction = ""] = match;
  const digits = whole.replaceAll(/\s/g, "") + fraction;
  if (digits === "") return null;
  const units = BigInt(digits);
  return { units: sign === "" || sign === "+" ? units : -units, scale: fraction.length };
}

/** The decimal that JavaScript prints for the number, which is the one its author typed. Throws on what is not finite. */
export function decimalOf(value: number): Decimal {
  const match = /^(-?\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (match === null) throw new RangeError(`${value} is not a finite number`);
  const [, whole = "", fraction = "", exponent = "0"] = match;
  const units = BigInt(whole + fraction);
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? { units, scale } : { units: units * 10n ** BigInt(-scale), scale: 0 };
}

/** Whether the two differ by no more than the tolerance: exactly, so that 1.1 is within 0.1 of 1. */
export function isWithin(one: Decimal, other: Decimal, tolerance: Decimal): boolean {
  const scale = Math.max(one.scale, other.scale, tolerance.scale);
  const difference = atScale(one, scale) - atScale(other, scale);
  return (difference < 0n ? -difference : difference) <= atScale(tolerance, scale);
}

function atScale(decimal: Decimal, scale: number): bigint {
  return decimal.units * 10n ** BigInt(scale - decimal.scale);
}
