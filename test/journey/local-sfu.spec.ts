import { expect, test as base, type Page } from "@playwright/test";
import { createLocalSfu, type LocalSfu } from "#tools/local-sfu/local-sfu.ts";
import { openSfuSession, type Description, type SfuAddress, type SfuSession } from "../support/sfu-api.ts";

type Sfu = SfuAddress & { readonly control: LocalSfu };

const test = base.extend<{ sfu: Sfu }>({
  // Playwright insists on the pattern, though nothing is taken from it.
  // oxlint-disable-next-line no-empty-pattern
  sfu: async ({}, use) => {
    const app = { appId: "journey", appSecret: "a secret of this test" };
    const sfu = await createLocalSfu({ port: 0, ...app, limits: { patienceMs: 3_000 } });
    await use({ ...app, url: sfu.url, control: sfu });
    await sfu.close();
  },
});

/** What a page keeps between two calls from here. */
type PeerWindow = Window & { peer?: RTCPeerConnection };

/** A peer connection that sends one small moving picture of one colour per track. */
async function offerPictures(page: Page, colours: readonly string[]) {
  return page.evaluate(async (wanted) => {
    const peer = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
    (window as PeerWindow).peer = peer;
    for (const colour of wanted) {
      const canvas = document.createElement("canvas");
      canvas.width = 160;
      canvas.height = 120;
      const paint = canvas.getContext("2d");
      let step = 0;
      setInterval(() => {
        if (paint === null) return;
        paint.fillStyle = colour;
        paint.fillRect(0, 0, 160, 120);
        paint.fillStyle = "white";
        paint.fillRect(step++ % 20, 0, 2, 2);
      }, 100);
      const [track] = canvas.captureStream(10).getVideoTracks();
      if (track === undefined) throw new Error("a canvas gives one video track");
      peer.addTransceiver(track, { direction: "sendonly" });
    }
    await peer.setLocalDescription();
    return {
      offer: { type: "offer" as const, sdp: peer.localDescription?.sdp ?? "" },
      mids: peer.getTransceivers().map((transceiver) => transceiver.mid ?? ""),
    };
  }, colours);
}

async function takeAnswer(page: Page, answer: Description | undefined): Promise<void> {
  if (answer === undefined) throw new Error("the SFU has given no answer");
  await page.evaluate(async (remote) => {
    await (window as PeerWindow).peer?.setRemoteDescription(remote);
  }, answer);
}

async function publish(page: Page, sfu: Sfu, pictures: Readonly<Record<string, string>>): Promise<SfuSession> {
  const session = await openSfuSession(sfu);
  const names = Object.keys(pictures);
  const { offer, mids } = await offerPictures(page, Object.values(pictures));
  const reply = await session.call("POST", "/tracks/new", {
    sessionDescription: offer,
    tracks: names.map((trackName, index) => ({ location: "local", mid: mids[index], trackName })),
  });
  expect(reply).toMatchObject({ status: 200, body: { sessionDescription: { type: "answer" } } });
  await takeAnswer(page, reply.body.sessionDescription);
  return session;
}

/** The fake microphone beeps once a second. */
async function publishFakeMicrophone(page: Page, sfu: Sfu, trackName: string): Promise<SfuSession> {
  const session = await openSfuSession(sfu);
  // A page must be a secure context to be given a microphone, and a blank one is not.
  await page.goto(sfu.url);
  const offer = await page.evaluate(async () => {
    const peer = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
    (window as PeerWindow).peer = peer;
    const [track] = (await navigator.mediaDevices.getUserMedia({ audio: true })).getAudioTracks();
    if (track === undefined) throw new Error("a microphone gives one track");
    peer.addTransceiver(track, { direction: "sendonly" });
    await peer.setLocalDescription();
    return { type: "offer" as const, sdp: peer.localDescription?.sdp ?? "" };
  });
  const tracks = [{ location: "local", mid: "0", trackName }];
  const { body } = await session.call("POST", "/tracks/new", { sessionDescription: offer, tracks });
  await takeAnswer(page, body.sessionDescription);
  return session;
}

/** Answers the SFU's offer in the page, and shows each track in a video element named by its mid. */
async function acceptOffer(page: Page, session: SfuSession, offer: Description | undefined): Promise<void> {
  if (offer === undefined) throw new Error("the SFU has made no offer");
  const answer = await page.evaluate(async (remote) => {
    const holder = window as PeerWindow;
    const peer = (holder.peer ??= new RTCPeerConnection({ bundlePolicy: "max-bundle" }));
    peer.ontrack = ({ track, transceiver }) => {
      const video = document.createElement("video");
      video.id = `mid-${transceiver.mid}`;
      video.muted = track.kind === "video";
      video.srcObject = new MediaStream([track]);
      document.body.append(video);
      void video.play();
    };
    await peer.setRemoteDescription(remote);
    await peer.setLocalDescription();
    return { type: "answer" as const, sdp: peer.localDescription?.sdp ?? "" };
  }, offer);
  const reply = await session.call("PUT", "/renegotiate", { sessionDescription: answer });
  expect(reply).toEqual({ status: 200, body: {} });
}

async function pull(page: Page, viewer: SfuSession, publisher: SfuSession, trackName: string): Promise<string> {
  const reply = await viewer.call("POST", "/tracks/new", {
    tracks: [{ location: "remote", sessionId: publisher.sessionId, trackName }],
  });
  expect(reply.status).toBe(200);
  expect(reply.body.requiresImmediateRenegotiation).toBe(true);
  await acceptOffer(page, viewer, reply.body.sessionDescription);
  return reply.body.tracks?.[0]?.mid ?? "";
}

/** What the viewer's decoder says of one m-section. */
async function received(page: Page, mid: string) {
  return page.evaluate(async (wanted) => {
    const report = await (window as PeerWindow).peer?.getStats();
    const stats = { framesDecoded: 0, packetsLost: 0, totalAudioEnergy: 0 };
    for (const entry of report?.values() ?? []) {
      if (entry.type === "inbound-rtp" && entry.mid === wanted) Object.assign(stats, entry);
    }
    return stats;
  }, mid);
}

/** The colour in the middle of the picture that is shown, as the one channel that is bright. */
async function colourShown(page: Page, mid: string): Promise<string> {
  return page.evaluate((wanted) => {
    const video = document.querySelector<HTMLVideoElement>(`#mid-${wanted}`);
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const paint = canvas.getContext("2d");
    if (video === null || paint === null || video.videoWidth === 0) return "nothing";
    paint.drawImage(video, video.videoWidth / 2, video.videoHeight / 2, 1, 1, 0, 0, 1, 1);
    const pixel = paint.getImageData(0, 0, 1, 1).data;
    const bright = ["red", "green", "blue"].filter((_, channel) => (pixel[channel] ?? 0) > 120);
    return bright.join("+") || "black";
  }, mid);
}

async function expectToFlow(page: Page, mid: string, colour: string): Promise<void> {
  const often = { intervals: [100] };
  await expect.poll(() => colourShown(page, mid), often).toBe(colour);
  const { framesDecoded } = await received(page, mid);
  await expect.poll(async () => (await received(page, mid)).framesDecoded, often).toBeGreaterThan(framesDecoded + 5);
}

const RED = "rgb(255,0,0)";
const GREEN = "rgb(0,255,0)";
const BLUE = "rgb(0,0,255)";

test("a picture goes from one page to another, and tracks/update shows another one in its place", async ({
  context,
  sfu,
}) => {
  const [ada, grace, lin] = [await context.newPage(), await context.newPage(), await context.newPage()];
  const adas = await publish(ada, sfu, { thumbnail: RED });
  const graces = await publish(grace, sfu, { thumbnail: GREEN });
  const viewer = await openSfuSession(sfu);
  const mid = await pull(lin, viewer, adas, "thumbnail");
  await expectToFlow(lin, mid, "red");

  const update = await viewer.call("PUT", "/tracks/update", {
    tracks: [{ location: "remote", sessionId: graces.sessionId, trackName: "thumbnail", mid }],
  });
  expect(update).toMatchObject({ status: 200, body: { requiresImmediateRenegotiation: false, tracks: [{ mid }] } });
  expect(update.body.tracks?.[0]?.errorCode).toBeUndefined();
  await expectToFlow(lin, mid, "green");

  await viewer.call("PUT", "/tracks/update", {
    tracks: [{ location: "remote", sessionId: adas.sessionId, trackName: "thumbnail", mid }],
  });
  await expectToFlow(lin, mid, "red");
  expect((await received(lin, mid)).packetsLost).toBe(0);
  const { body } = await viewer.call("GET", "");
  expect(body.tracks).toEqual([
    { location: "remote", mid, sessionId: adas.sessionId, trackName: "thumbnail", status: "active" },
  ]);
});

test("a picture survives the loss of one packet in five, because lost packets are sent again", async ({
  context,
  sfu,
}) => {
  const [ada, lin] = [await context.newPage(), await context.newPage()];
  const adas = await publish(ada, sfu, { thumbnail: RED });
  const viewer = await openSfuSession(sfu);
  const mid = await pull(lin, viewer, adas, "thumbnail");
  await expectToFlow(lin, mid, "red");
  sfu.control.setLossPercent(20);
  await expect.poll(() => sfu.control.stats().packetsDropped).toBeGreaterThan(15);
  await expectToFlow(lin, mid, "red");
  sfu.control.setLossPercent(0);
  const { packetsDropped } = sfu.control.stats();
  // What came in the end is no longer counted as lost.
  await expect.poll(async () => (await received(lin, mid)).packetsLost).toBeLessThan(packetsDropped / 4);
});

test("closed sections are used again, so that paging through tracks does not make the description grow", async ({
  context,
  sfu,
}) => {
  const [ada, lin] = [await context.newPage(), await context.newPage()];
  const adas = await publish(ada, sfu, { red: RED, green: GREEN, blue: BLUE });
  const viewer = await openSfuSession(sfu);
  const first = await pull(lin, viewer, adas, "red");
  const second = await pull(lin, viewer, adas, "green");
  await expectToFlow(lin, second, "green");

  const offer = await lin.evaluate(async (mid) => {
    const peer = (window as PeerWindow).peer;
    peer
      ?.getTransceivers()
      .find((transceiver) => transceiver.mid === mid)
      ?.stop();
    await peer?.setLocalDescription();
    return { type: "offer" as const, sdp: peer?.localDescription?.sdp ?? "" };
  }, second);
  const close = await viewer.call("PUT", "/tracks/close", { tracks: [{ mid: second }], sessionDescription: offer });
  expect(close).toMatchObject({ status: 200, body: { tracks: [{ mid: second }] } });
  await takeAnswer(lin, close.body.sessionDescription);
  const third = await pull(lin, viewer, adas, "blue");
  await expectToFlow(lin, third, "blue");

  // Without negotiation, the SFU alone lets go; the browser learns of it with the next offer, and frees the place then.
  await viewer.call("PUT", "/tracks/close", { tracks: [{ mid: third }], force: true });
  const fourth = await pull(lin, viewer, adas, "green");
  await expectToFlow(lin, fourth, "green");
  const fifth = await pull(lin, viewer, adas, "blue");
  await expectToFlow(lin, fifth, "blue");
  await expectToFlow(lin, first, "red");
  const sections = await lin.evaluate(() => (window as PeerWindow).peer?.localDescription?.sdp.match(/^m=/gm)?.length);
  expect(sections).toBe(3);
  expect(new Set([first, second, third, fourth, fifth]).size).toBe(5);

  // The first section carries the transport of all.
  await viewer.call("PUT", "/tracks/close", { tracks: [{ mid: first }], force: true });
  const sixth = await pull(lin, viewer, adas, "red");
  await expectToFlow(lin, sixth, "red");
  await expectToFlow(lin, fourth, "green");
});

test("a session that is both publishing and pulling carries both ways", async ({ context, sfu }) => {
  const [ada, grace] = [await context.newPage(), await context.newPage()];
  const adas = await publish(ada, sfu, { thumbnail: RED });
  const graces = await publish(grace, sfu, { thumbnail: GREEN });
  const seenByGrace = await pull(grace, graces, adas, "thumbnail");
  const seenByAda = await pull(ada, adas, graces, "thumbnail");
  await expectToFlow(grace, seenByGrace, "red");
  await expectToFlow(ada, seenByAda, "green");
});

test("one call pulls a picture and its sound from two publishers", async ({ context, sfu }) => {
  const [ada, grace, lin] = [await context.newPage(), await context.newPage(), await context.newPage()];
  const adas = await publish(ada, sfu, { thumbnail: RED });
  const graces = await publishFakeMicrophone(grace, sfu, "microphone");
  const viewer = await openSfuSession(sfu);
  const { body } = await viewer.call("POST", "/tracks/new", {
    tracks: [
      { location: "remote", sessionId: adas.sessionId, trackName: "thumbnail" },
      { location: "remote", sessionId: adas.sessionId, trackName: "is not there" },
      { location: "remote", sessionId: graces.sessionId, trackName: "microphone" },
    ],
  });
  const [picture, missing, sound] = body.tracks ?? [];
  expect(missing).toMatchObject({ mid: "", errorCode: "not_found_track_error" });
  // Browsers play sound only to those who have touched the page.
  await lin.mouse.click(5, 5);
  await acceptOffer(lin, viewer, body.sessionDescription);
  await expectToFlow(lin, picture?.mid ?? "", "red");
  await expect.poll(async () => (await received(lin, sound?.mid ?? "")).totalAudioEnergy).toBeGreaterThan(0);
});

test("a closed page ends its session at once, a killed session is gone", async ({ context, sfu }) => {
  const [ada, grace, lin] = [await context.newPage(), await context.newPage(), await context.newPage()];
  const adas = await publish(ada, sfu, { thumbnail: RED });
  const graces = await publish(grace, sfu, { thumbnail: GREEN });
  const viewer = await openSfuSession(sfu);
  await expectToFlow(lin, await pull(lin, viewer, adas, "thumbnail"), "red");
  await ada.evaluate(() => (window as PeerWindow).peer?.close());
  await expect.poll(async () => (await adas.call("GET", "")).status).toBe(410);
  const { body } = await viewer.call("GET", "");
  expect(body.tracks?.[0]?.status).toBe("inactive");

  expect(sfu.control.killSession(graces.sessionId)).toBe(true);
  expect((await graces.call("GET", "")).status).toBe(410);
  const reply = await viewer.call("POST", "/tracks/new", {
    tracks: [{ location: "remote", sessionId: graces.sessionId, trackName: "thumbnail" }],
  });
  expect(reply).toMatchObject({
    status: 200,
    body: { requiresImmediateRenegotiation: false, tracks: [{ mid: "", errorCode: "not_found_track_error" }] },
  });
});
