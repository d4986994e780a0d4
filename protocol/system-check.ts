/**
 * The result of a system check as a code that a person can read over the telephone. The code holds everything: no server
 * keeps it, and nothing in it says who made the check, or when. Bits of the first twelve characters, from the highest: version (3), browser
 * (3), its major version (8), system (3), upload (3), and four for what was found in each line. The last four characters
 * are a check over the first twelve: a character that was misheard, and two that changed places, are noticed.
 */

/**
 * What can be found in each line. A place in a list is what stands in a code, so that names are appended and never moved:
 * a code that somebody wrote down last week is read by the page of today. At most 16.
 */
export const checkFindings = {
  browser: [
    "not-checked",
    "fine",
    "less-tried",
    "not-secure",
    "no-camera",
    "no-screen-share",
    "no-live-video",
    "no-recorder",
    "no-storage",
  ],
  camera: ["not-checked", "fine", "virtual", "refused", "missing", "busy", "unsupported", "stopped"],
  microphone: ["not-checked", "fine", "nothing-heard", "refused", "missing", "busy", "unsupported", "stopped"],
  screen: ["not-checked", "fine", "refused", "not-entire-screen", "missing", "busy", "unsupported", "stopped"],
  "full-screen": ["not-checked", "fine", "refused"],
  displays: ["not-checked", "fine", "several", "not-told"],
  clock: ["not-checked", "fine", "off", "no-answer"],
  upload: ["not-checked", "fine", "slow", "unsteady", "too-slow", "no-answer", "too-often"],
  disk: ["not-checked", "fine", "little", "too-little", "no-storage"],
  faces: ["not-checked", "fine", "no-face", "several-faces", "could-not-load", "could-not-work", "no-answer"],
} as const;

export type CheckLine = keyof typeof checkFindings;
export type Finding<Line extends CheckLine = CheckLine> = (typeof checkFindings)[Line][number];
export type CheckFindings = { readonly [Line in CheckLine]: Finding<Line> };

export const checkLines = Object.keys(checkFindings) as readonly CheckLine[];

export const browserFamilies = ["other", "chrome", "edge", "firefox", "safari", "opera"] as const;
export type BrowserFamily = (typeof browserFamilies)[number];

export const systemFamilies = ["other", "windows", "mac", "linux", "chrome-os", "android", "ios"] as const;
export type SystemFamily = (typeof systemFamilies)[number];

/** Each bucket begins with so many kbit/s upwards, and ends where the next begins. The first: it was not measured. */
export const uploadBuckets = [null, 0, 64, 128, 256, 512, 1024, 4096] as const;
export type UploadBucket = (typeof uploadBuckets)[number];

export type CheckResult = {
  readonly browser: BrowserFamily;
  /** 0 to 255; 255 is "255 or later", 0 is "not known". */
  readonly major: number;
  readonly system: SystemFamily;
  readonly upload: UploadBucket;
  readonly findings: CheckFindings;
};

export type ReadCode =
  | { readonly ok: true; readonly result: CheckResult }
  /** `mistyped`: the check does not agree. `unknown-version`: the code is whole, and of another page than this. */
  | { readonly ok: false; readonly why: "not-in-a-code" | "too-short" | "too-long" | "mistyped" | "unknown-version" };

export const latestMajor = 255;

/** https://www.crockford.com/base32.html: without I, L, O and U, which are misread. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const version = 1;
const contentLength = 12;
const codeLength = 16;

type Field = { readonly bits: number; readonly value: number };

/** The upload's bucket of a measured speed. */
export function bucketOf(kbitPerSecond: number): UploadBucket {
  return uploadBuckets.findLast((least) => least !== null && kbitPerSecond >= least) ?? 0;
}

/** `XXXX-XXXX-XXXX-XXXX`. */
export function checkCode({ browser, major, system, upload, findings }: CheckResult): string {
  const fields: readonly Field[] = [
    { bits: 3, value: version },
    { bits: 3, value: browserFamilies.indexOf(browser) },
    { bits: 8, value: Math.max(0, Math.min(latestMajor, Math.floor(major))) },
    { bits: 3, value: systemFamilies.indexOf(system) },
    { bits: 3, value: uploadBuckets.indexOf(upload) },
    ...checkLines.map((line) => ({ bits: 4, value: places(line).indexOf(findings[line]) })),
  ];
  const content = fields.reduce((sum, { bits, value }) => (sum << BigInt(bits)) | BigInt(value), 0n);
  const characters = written(content, contentLength) + written(checkOf(content), codeLength - contentLength);
  return (characters.match(/.{4}/g) ?? []).join("-");
}

/** Reads a code as people write and say it: small letters, without hyphens or with spaces, O for 0, I and L for 1. */
export function readCheckCode(text: string): ReadCode {
  const characters = text
    .toUpperCase()
    .replaceAll(/[\s\-–—_.]/g, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");
  const numbers = Array.from(characters, (character) => alphabet.indexOf(character));
  if (numbers.includes(-1)) return { ok: false, why: "not-in-a-code" };
  if (numbers.length < codeLength) return { ok: false, why: "too-short" };
  if (numbers.length > codeLength) return { ok: false, why: "too-long" };
  const content = read(numbers.slice(0, contentLength));
  if (checkOf(content) !== read(numbers.slice(contentLength))) return { ok: false, why: "mistyped" };
  return parse(content);
}

function parse(content: bigint): ReadCode {
  let left = BigInt(contentLength * 5);
  function take(bits: number): number {
    left -= BigInt(bits);
    return Number((content >> left) & ((1n << BigInt(bits)) - 1n));
  }
  if (take(3) !== version) return { ok: false, why: "unknown-version" };
  const browser = browserFamilies[take(3)];
  const major = take(8);
  const system = systemFamilies[take(3)];
  const upload = uploadBuckets[take(3)];
  const found = checkLines.map((line) => [line, places(line)[take(4)]] as const);
  // A later page may have learned a new name without a new version.
  const isKnown = found.every(([, finding]) => finding !== undefined);
  if (browser === undefined || system === undefined || upload === undefined || !isKnown) {
    return { ok: false, why: "unknown-version" };
  }
  const findings = Object.fromEntries(found) as CheckFindings;
  return { ok: true, result: { browser, major, system, upload, findings } };
}

function places(line: CheckLine): readonly Finding[] {
  return checkFindings[line];
}

/** A prime below 2^20: no change of one character, nor of two neighbours, is a multiple of it. Never 0 for the empty code. */
function checkOf(content: bigint): bigint {
  return (content + 271_828n) % 1_000_003n;
}

function written(value: bigint, length: number): string {
  return Array.from({ length }, (_, place) => alphabet[Number((value >> BigInt(5 * (length - 1 - place))) & 31n)]).join(
    "",
  );
}

function read(numbers: readonly number[]): bigint {
  return numbers.reduce((sum, number) => (sum << 5n) | BigInt(number), 0n);
}
