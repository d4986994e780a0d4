import { expect, test } from "@playwright/test";
import { runBenchmark } from "#tools/integrity-benchmark/benchmark.ts";
import { allClips } from "#tools/integrity-benchmark/benchmark-clips.ts";
import type { Scene } from "#tools/integrity-benchmark/scene.ts";

const titles: ReadonlySet<string> = new Set([
  "a second person beside",
  "a cartoon on the wall",
  "another window for two seconds",
  "a notification takes the focus for 300 ms",
  "the camera's track is over",
]);

function handful(scene: Scene): Scene {
  const isTaken = ({ title }: { readonly title: string }): boolean => titles.has(title);
  return {
    ...scene,
    cameraClips: scene.cameraClips.filter(isTaken),
    acts: scene.acts.filter(isTaken),
    endings: scene.endings.filter(isTaken),
  };
}

test("the integrity benchmark plays its clips, and finds what is there and nothing else", async () => {
  const scenes = allClips.scenes.filter(({ name }) => name === "faces").map(handful);
  const clips = { scenes, tabs: allClips.tabs.slice(0, 1), session: [], kinds: [] };
  const report = await runBenchmark(clips, false, ({ title }) => console.log(title));
  expect(report.clips).toBe(8);
  const found = Object.entries(report.signals).map(([kind, { recall, precision }]) => [kind, recall, precision]);
  expect(found).toEqual(
    ["tab-hidden", "window-blurred", "camera-ended", "virtual-camera", "several-faces", "microphone-silent"].map(
      (kind) => [kind, 1, 1],
    ),
  );
  expect(report.signals["several-faces"]?.timeToDetectMs).toBeGreaterThan(2_000);
  expect(report.falseAlarmsAboveLowPerHour).toBe(0);
});
