import { type Act, during, type Stage, wait } from "./stage.ts";

type Device = "picture" | "sound" | "screen";

/** As when it is unplugged, or another program takes it: the track is over, without a word. */
async function stop({ page }: Stage, device: Device): Promise<void> {
  await page.evaluate((which) => {
    const streams = globalThis.bench?.streams;
    const tracks = {
      picture: streams?.camera.getVideoTracks(),
      sound: streams?.camera.getAudioTracks(),
      screen: streams?.screen.getVideoTracks(),
    }[which];
    for (const track of tracks ?? []) track.stop();
  }, device);
}

function gone(about: Act["about"], device: Device, title: string, also: Act["also"] = []): Act {
  return {
    about,
    isThere: true,
    also,
    title,
    play: (stage) =>
      during(
        5_000,
        () => stop(stage, device),
        () => wait(0),
      ),
  };
}

/** Everything is taken away at once, at the end of a scene. */
export const endings: readonly Act[] = [
  gone("camera-ended", "picture", "the camera's track is over", ["no-face", "sensor-lost"]),
  gone("microphone-ended", "sound", "the microphone's track is over"),
  gone("screen-share-ended", "screen", "the share of the screen is over"),
];
