import { chromium } from "@playwright/test";
import { chromiumFlags, chromiumPath } from "../check/chromium.ts";
import { policyNamed } from "#domain/integrity/policy.ts";
import { note } from "./note.ts";
import { playScene } from "./play-scene.ts";
import { scenes } from "./scenes.ts";
import { score } from "./score.ts";
import { servePages } from "./serve-page.ts";

const served = await servePages();
const drawing = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumFlags] });
const composer = await drawing.newPage();
await composer.goto(new URL("compose.html", served.origin).href);
await composer.waitForFunction(() => globalThis.composer !== undefined);
for (const scene of scenes.filter(({ name }) => name === process.argv[2])) {
  const [only] = process.argv.slice(3);
  const t0 = Date.now();
  const played = await playScene(
    { ...scene, cameraClips: scene.cameraClips.filter(({ title }) => only === undefined || title.includes(only)) },
    {
      origin: served.origin,
      composer,
      isHeaded: false,
      onClip: (clip) => console.log(((Date.now() - t0) / 1000).toFixed(1), clip.about, clip.title, clip.to - clip.from),
    },
  );
  for (const name of ["standard", "strict"] as const) {
    const policy = policyNamed(name);
    const fresh = played.clips.map(({ about, from }) => ({ kind: about, at: from }));
    const violations = note(policy, played.observations, fresh, played.watch.to);
    console.log(name, JSON.stringify(score(policy, [{ clips: played.clips, violations }]), null, 1));
  }
  console.log(played.longTasksMs);
  console.log(
    played.observations
      .filter((o) => o.type === "sensor")
      .map((o) => `${((o.at - played.watch.from) / 1000).toFixed(1)} ${o.sensor} ${o.state} ${o.reason}`),
  );
  console.log(
    played.observations
      .filter((o) => o.type !== "sensor")
      .map(
        (o) =>
          `${((o.at - played.watch.from) / 1000).toFixed(1)} ${o.type} ${o.kind} ${"detail" in o ? JSON.stringify(o.detail) : ""}`,
      )
      .join("\n"),
  );
}
await drawing.close();
await served.close();
