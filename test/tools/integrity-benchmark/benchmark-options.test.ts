import { describe, expect, it } from "vitest";
import { BadOptions, readOptions } from "#tools/integrity-benchmark/benchmark-options.ts";
import { type IntegrityPolicy, policyNamed } from "#domain/integrity/policy.ts";
import { type SignalKind, signalKinds } from "#domain/integrity/signal.ts";
import { tabClips } from "#tools/integrity-benchmark/play-tabs.ts";
import { scenes } from "#tools/integrity-benchmark/scenes.ts";

const names = scenes.map(({ name }) => name);
const clips = [
  ...scenes.flatMap((scene) => [...scene.cameraClips, ...scene.acts, ...scene.endings, ...scene.throughout]),
  ...tabClips,
];

describe("the command line of the integrity benchmark", () => {
  it("plays everything, without a window, when nothing is said", () => {
    expect(readOptions([], names)).toEqual({ only: [], scenes: [], isHeaded: false, isJson: false });
  });

  it("takes what is said", () => {
    const said = ["--only", "no-face", "--only", "speech", "--scene", "calm", "--headed", "--json"];
    expect(readOptions(said, names)).toEqual({
      only: ["no-face", "speech"],
      scenes: ["calm"],
      isHeaded: true,
      isJson: true,
    });
  });

  it.each([[["--only", "guilt"]], [["--scene", "crime"]], [["--fast"]]])("refuses %j", (said) => {
    expect(() => readOptions(said, names)).toThrow(BadOptions);
  });
});

/** Noticed by the session itself, and not by a sensor on the page: its own tests and journeys show them. */
const bySession: ReadonlySet<SignalKind> = new Set<SignalKind>(["connection-lost", "second-session"]);

describe("the clips", () => {
  it("[I35] are sixty at least, and show of every signal that a preset looks for that it is there, and what only looks like it", () => {
    expect(clips.length).toBeGreaterThanOrEqual(60);
    for (const preset of ["standard", "strict"] as const) {
      for (const kind of signalKinds.filter((each) => isMeasured(policyNamed(preset), each))) {
        const about = clips.filter((clip) => clip.about === kind);
        expect
          .soft(
            about.some(({ isThere }) => isThere),
            `${kind} there`,
          )
          .toBe(true);
        expect
          .soft(
            about.some(({ isThere }) => !isThere),
            `${kind} not there`,
          )
          .toBe(true);
      }
    }
  });

  it("have a title each of their own within their signal", () => {
    const titles = clips.map(({ about, title }) => `${about}: ${title}`);
    // The endings are the same at the end of each scene.
    const endings = new Set(scenes.flatMap((scene) => scene.endings.map(({ about, title }) => `${about}: ${title}`)));
    const repeated = titles.filter((title, place) => titles.indexOf(title) !== place && !endings.has(title));
    expect(repeated).toEqual([]);
  });
});

function isMeasured({ rules }: IntegrityPolicy, kind: SignalKind): boolean {
  return rules[kind] !== undefined && !bySession.has(kind);
}
