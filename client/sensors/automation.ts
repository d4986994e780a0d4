import { lookRegularly } from "./regular-look.ts";
import type { Sensor, Told } from "./sensor.ts";

/** What programs that drive a browser leave on the page's window. */
const traces: readonly RegExp[] = [
  /^__(playwright|pwInitScripts|puppeteer|selenium|webdriver|driver|fxdriver)/,
  /^(cdc|\$cdc|\$chrome)_[a-zA-Z0-9]+_/,
  /^_(phantom|Selenium_IDE_Recorder)$/,
  /^(callPhantom|domAutomation|domAutomationController|awesomium|Cypress)$/,
];

/** By what a page can tell that a program drives the browser: the browser says so, or the program left a trace. */
export function automationTrace(saysSo: boolean, names: readonly string[]): string | null {
  if (saysSo) return "navigator.webdriver";
  return names.find((name) => traces.some((trace) => trace.test(name)))?.slice(0, 80) ?? null;
}

/** A hint and not a proof: a test browser says so honestly, and who means harm has it not said. */
export function watchAutomation({ edges, beat }: Told): Sensor {
  const look = (): void => {
    const trace = automationTrace(navigator.webdriver, Object.getOwnPropertyNames(window));
    // Once there, for good: a program that wipes its trace has been here.
    if (trace !== null) edges.read("automation", true, { count: null, confidence: null, subject: trace });
  };
  return lookRegularly(beat, look, []);
}
