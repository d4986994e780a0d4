import { describe, expect, it } from "vitest";
import { allClips, clipsAbout, listOf, sceneNames } from "#tools/integrity-benchmark/benchmark-clips.ts";
import { BadOptions, readOptions } from "#tools/integrity-benchmark/benchmark-options.ts";
import { policyNamed } from "#domain/integrity/policy.ts";
import { signalKinds } from "#domain/integrity/signal.ts";

const names = sceneNames;
const clips = listOf(allClips);

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

describe("the clips", () => {
  it("[I35] are sixty at least, and show of every signal that a preset looks for that it is there, and what only looks like it", () => {
    expect(clips.length).toBeGreaterThanOrEqual(60);
    for (const preset of ["standard", "strict"] as const) {
      for (const kind of signalKinds.filter((each) => policyNamed(preset).rules[each] !== undefined)) {
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

  it("are played of one kind or of one scene where only those are asked for", () => {
    const { scenes, tabs } = clipsAbout(["no-face"], []);
    const played = [
      ...scenes.flatMap(({ cameraClips, acts, endings }) => [...cameraClips, ...acts, ...endings]),
      ...tabs,
    ];
    expect(new Set(played.map(({ about }) => about))).toEqual(new Set(["no-face"]));
    const session = clipsAbout([], ["session"]);
    expect(listOf(session)).toEqual(allClips.session);
    expect(listOf(clipsAbout(["no-face"], ["session"]))).toEqual([]);
  });

  it("have a title each of their own within their signal", () => {
    const titles = clips.map(({ about, title }) => `${about}: ${title}`);
    // The endings are the same at the end of each scene.
    const endings = new Set(
      allClips.scenes.flatMap((scene) => scene.endings.map(({ about, title }) => `${about}: ${title}`)),
    );
    const repeated = titles.filter((title, place) => titles.indexOf(title) !== place && !endings.has(title));
    expect(repeated).toEqual([]);
  });
});
