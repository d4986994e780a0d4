import { join } from "node:path";
import { chromium, expect, type Page, test } from "@playwright/test";
import { chromiumFlags, chromiumPath } from "#tools/check/chromium.ts";
import { candidateContext, withBrowser } from "./browser.ts";
import { cameraFolder, stillFolder } from "./camera-files.ts";
import { startExam } from "./candidate.ts";
import { admit } from "./console.ts";
import { openConsole, signInAs } from "./demo.ts";
import type { SensorHarness } from "./sensor-harness/main.ts";
import { serveSensors } from "./serve-sensors.ts";
import { placeOf, schedule } from "./sitting.ts";
import { tasksWhile } from "./page-tasks.ts";
import { makeTurnedCamera } from "./turned-camera.ts";

declare global {
  /** In the worker that a test keeps busy: lets it rest again. */
  var rest: (() => void) | undefined;
}

/** The models are fetched and made ready first, which takes a second or two, and many on a slow or busy machine. */
const modelsComeMs = 45_000;

let origin: string;
let close: () => Promise<void>;

test.beforeAll(async () => {
  ({ origin, close } = await serveSensors("sensor-harness"));
});

test.afterAll(() => close());

for (const { camera, signal } of [
  { camera: join(cameraFolder, "none.mjpeg"), signal: "no-face" },
  { camera: join(cameraFolder, "two.mjpeg"), signal: "several-faces" },
  { camera: join(cameraFolder, "covered.mjpeg"), signal: "camera-covered" },
  { camera: join(stillFolder, "one.mjpeg"), signal: "camera-frozen" },
  { camera: join(cameraFolder, "OBS Virtual Camera.mjpeg"), signal: "virtual-camera" },
]) {
  test(`the camera file ${camera.slice(camera.lastIndexOf("/") + 1)} is told as ${signal}`, async () => {
    await withCamera(camera, async (page) => {
      await page.goto(`${origin}?sensors=camera,faces`);
      await expect.poll(() => begun(page), { timeout: modelsComeMs }).toContain(signal);
    });
  });
}

test("[I49] with all sensors of the camera on, a calm candidate gives no signal, and the page no task over 50 ms", async () => {
  await withCamera(join(cameraFolder, "small.mjpeg"), async (page) => {
    await page.goto(`${origin}?sensors=page,camera,faces,head`);
    const tasks = await tasksWhile(page, async () => {
      await expect.poll(() => statesOf(page, "head"), { timeout: modelsComeMs }).toEqual(["working"]);
      // The head's baseline takes its calm twenty seconds.
      await expect.poll(() => page.evaluate(() => performance.now()), { timeout: 40_000 }).toBeGreaterThan(25_000);
    });
    const { signals, sensors } = await harness(page);
    expect(signals).toEqual([]);
    expect(sensors.map(({ sensor, state }) => `${sensor} ${state}`).toSorted()).toEqual([
      "camera working",
      "faces working",
      "head working",
      "page working",
    ]);
    // A look a second for twenty seconds is more tasks than that.
    expect(tasks.length).toBeGreaterThan(20);
    expect(tasks[0]).toBeLessThan(50);
  });
});

test("the head's model reads a pose, and is loaded only where the policy asks for it", async () => {
  await withCamera(join(cameraFolder, "one.mjpeg"), async (page) => {
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${origin}?sensors=camera,faces`);
    await expect.poll(() => statesOf(page, "faces"), { timeout: modelsComeMs }).toEqual(["working"]);
    expect(asked).not.toContain("/face/face-landmarker.task");
    await page.goto(`${origin}?sensors=pose`);
    await expect.poll(async () => (await harness(page)).poses.length, { timeout: modelsComeMs }).toBeGreaterThan(2);
    expect(asked).toContain("/face/face-landmarker.task");
    const { poses } = await harness(page);
    console.log("poses:", poses.map(({ yaw, pitch }) => `${yaw.toFixed(1)}/${pitch.toFixed(1)}`).join(" "));
    // The portrait looks into the camera.
    for (const { yaw, pitch } of poses) {
      expect(Math.abs(yaw)).toBeLessThan(25);
      expect(Math.abs(pitch)).toBeLessThan(25);
    }
  });
});

for (const { way, turn } of [
  { way: "to the side", turn: { yaw: 50, pitch: 0 } },
  { way: "down", turn: { yaw: 0, pitch: -32 } },
]) {
  test(`a head that is turned ${way} after a calm half minute is told, until it is turned back`, async () => {
    const camera = await makeTurnedCamera("turned.mjpeg", [
      { yaw: 0, pitch: 0, seconds: 26 },
      { ...turn, seconds: 8 },
    ]);
    await withCamera(camera, async (page) => {
      await page.goto(`${origin}?sensors=camera,faces,head`);
      const edges = async () =>
        (await harness(page)).signals.flatMap(({ edge, kind }) => (kind === "head-turned" ? [edge] : []));
      // Where the model comes late, the calm part is over too soon: then it is told in the second round of the file.
      await expect.poll(edges, { timeout: 100_000 }).toEqual(["begin", "end"]);
    });
  });
}

test("a part of the page that does not come makes its sensors lost", async () => {
  await withCamera(join(cameraFolder, "one.mjpeg"), async (page) => {
    await page.context().route("**/pictures-*.js", (route) => route.abort());
    await page.goto(`${origin}?sensors=page,camera,faces`);
    await expect.poll(() => statesOf(page, "camera")).toEqual(["lost"]);
    expect((await harness(page)).sensors.find(({ sensor }) => sensor === "faces")?.reason).toBe("could-not-load");
    expect(await statesOf(page, "page")).toEqual(["working"]);
  });
});

for (const { way, kill } of [
  { way: "ends", kill: () => self.close() },
  {
    way: "hangs",
    kill: () => {
      for (;;);
    },
  },
]) {
  test(`a worker that ${way} makes its sensors lost within five seconds, and the page's own not`, async () => {
    await withCamera(join(cameraFolder, "one.mjpeg"), async (page) => {
      await page.goto(`${origin}?sensors=page,camera,faces`);
      await expect.poll(() => statesOf(page, "faces"), { timeout: modelsComeMs }).toEqual(["working"]);
      const killedAt = await page.evaluate(() => performance.now());
      page
        .workers()[0]!
        .evaluate(kill)
        .catch(() => undefined); // ends with the worker
      for (const sensor of ["camera", "faces"]) {
        await expect
          .poll(() => statesOf(page, sensor), { timeout: modelsComeMs })
          .toEqual(["working", "lost", "working"]);
        const lost = (await harness(page)).sensors.find((each) => each.sensor === sensor && each.state === "lost")!;
        expect(lost.reason).toBe("no-answer");
        expect(lost.at - killedAt).toBeLessThan(5_000);
      }
      expect(await statesOf(page, "page")).toEqual(["working"]);
    });
  });
}

test("a busy machine makes the faces degraded, looked at less often, and they recover by themselves", async () => {
  await withCamera(join(cameraFolder, "one.mjpeg"), async (page) => {
    // The camera's own sensor may see the picture stand still: on a machine of one core it does, and rightly.
    await page.goto(`${origin}?sensors=faces`);
    await expect.poll(() => statesOf(page, "faces"), { timeout: modelsComeMs }).toEqual(["working"]);
    const [worker] = page.workers();
    await worker!.evaluate(() => {
      const busy = setInterval(() => {
        for (const end = performance.now() + 1_500; performance.now() < end;);
      }, 1_600);
      globalThis.rest = () => clearInterval(busy);
    });
    await expect.poll(() => statesOf(page, "faces")).toEqual(["working", "degraded"]);
    await worker!.evaluate(() => globalThis.rest?.());
    await expect.poll(() => statesOf(page, "faces"), { timeout: 60_000 }).toEqual(["working", "degraded", "working"]);
    const { signals, sensors } = await harness(page);
    expect(signals).toEqual([]);
    expect(sensors.find(({ state }) => state === "degraded")).toMatchObject({ sensor: "faces", reason: "slow" });
  });
});

test("a proctor reads of a program in the camera's place, and of a picture that shows nothing", async () => {
  const sitting = await schedule("Cameras", ["Mallory Three"]);
  const mallory = placeOf(sitting, "Mallory Three");
  await withBrowser("OBS Virtual Camera", async (browser) => {
    const console = await openConsole(await signInAs(browser, "proctor"), sitting.examSessionId);
    await startExam(await candidateContext(browser), mallory.link, () => admit(console, mallory.name));
    const panel = console.getByRole("region", { name: mallory.name, exact: true });
    await expect(panel.getByText(/OBS Virtual Camera/).first()).toBeVisible();
    await expect(panel.getByText(/camera's picture was dark or blank for \d+ seconds/).first()).toBeVisible();
  });
});

/** One browser for each camera file, because the file is a launch flag. */
async function withCamera(file: string, use: (page: Page) => Promise<void>): Promise<void> {
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [...chromiumFlags, `--use-file-for-fake-video-capture=${file}`],
  });
  try {
    await use(await browser.newPage());
  } finally {
    await browser.close();
  }
}

function harness(page: Page): Promise<SensorHarness> {
  return page.evaluate(() => globalThis.sensorHarness ?? { signals: [], sensors: [], poses: [] });
}

async function begun(page: Page): Promise<readonly string[]> {
  return (await harness(page)).signals.flatMap(({ edge, kind }) => (edge === "begin" ? [kind] : []));
}

async function statesOf(page: Page, name: string): Promise<readonly string[]> {
  return (await harness(page)).sensors.flatMap(({ sensor, state }) => (sensor === name ? [state] : []));
}
