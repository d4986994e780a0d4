import { type BrowserFamily, latestMajor, type SystemFamily } from "#protocol/system-check.ts";

export type Computer = { readonly browser: BrowserFamily; readonly major: number; readonly system: SystemFamily };

/** Browsers name those that they descend from: the youngest name comes first. iPads and iPhones all run Safari's engine. */
const browsers: readonly (readonly [BrowserFamily, RegExp])[] = [
  ["edge", /\bEdgi?A?(?:OS)?\/(\d+)/],
  ["opera", /\bOPR\/(\d+)/],
  ["firefox", /\b(?:Firefox|FxiOS)\/(\d+)/],
  ["chrome", /\b(?:HeadlessChrome|Chrome|CriOS)\/(\d+)/],
  ["safari", /\bVersion\/(\d+).* Safari\//],
];

const systems: readonly (readonly [SystemFamily, RegExp])[] = [
  ["ios", /\b(iPhone|iPad|iPod)\b/],
  ["android", /\bAndroid\b/],
  ["chrome-os", /\bCrOS\b/],
  ["windows", /\bWindows\b/],
  ["mac", /\bMac OS X\b/],
  ["linux", /\bLinux\b/],
];

/** What a browser says of itself, as coarse as support needs it. A browser may say anything. */
export function computerOf(userAgent: string): Computer {
  const system = systems.find(([, name]) => name.test(userAgent))?.[0] ?? "other";
  for (const [browser, name] of browsers) {
    const major = name.exec(userAgent)?.[1];
    if (major !== undefined) return { browser, major: Math.min(latestMajor, Number(major)), system };
  }
  return { browser: "other", major: 0, system };
}

const browserNames: Readonly<Record<BrowserFamily, string>> = {
  other: "another browser",
  chrome: "Chrome",
  edge: "Edge",
  firefox: "Firefox",
  safari: "Safari",
  opera: "Opera",
};

const systemNames: Readonly<Record<SystemFamily, string>> = {
  other: "another system",
  windows: "Windows",
  mac: "macOS",
  linux: "Linux",
  "chrome-os": "ChromeOS",
  android: "Android",
  ios: "iOS or iPadOS",
};

/** "Chrome 156 on Windows". */
export function computerWords({ browser, major, system }: Computer): string {
  const version = major === 0 ? "" : ` ${major}${major === latestMajor ? " or later" : ""}`;
  return `${browserNames[browser]}${version} on ${systemNames[system]}`;
}
