import { createSocket, type RemoteInfo, type Socket as UdpSocket } from "node:dgram";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { BrowserContext } from "@playwright/test";
import { publishedSchema } from "#protocol/http/sit.ts";
import * as v from "valibot";
import { demo } from "./demo.ts";
import type { Place } from "./sitting.ts";

/**
 * The candidate's line: everything between one browser and the product, pages and sockets by TCP and live media by UDP,
 * goes through it and can be cut. Chromium's own "offline" leaves open WebSockets and WebRTC alone; this does not.
 */
export type Line = {
  /** The product's address, by way of this line. */
  readonly origin: string;
  /** The guest link by way of this line. */
  linkOf(place: Place): string;
  /** Sends the media of the pages in this context over the line as well. */
  carryMedia(context: BrowserContext): Promise<void>;
  /** Like a pulled cable: what is under way is lost, the browser is told nothing, and nothing new comes through. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
};

/** A line of its own, gone when the journey is over, whatever became of it. */
export async function withLine(journey: (line: Line) => Promise<void>): Promise<void> {
  const line = await openLine();
  try {
    await journey(line);
  } finally {
    await line.close();
  }
}

async function openLine(): Promise<Line> {
  const product = new URL(demo().origin);
  let isCut = false;
  const pairs = new Set<readonly [Socket, Socket]>();
  const relays: MediaRelay[] = [];

  const server = createServer((near) => {
    if (isCut) return void near.destroy();
    const far = connect(Number(product.port), "127.0.0.1");
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [far, near]] as const) {
      from.on("data", (bytes) => void (isCut || to.write(bytes)));
      from.on("error", () => {}); // a broken connection is what this is for; `close` follows
      from.on("close", () => {
        if (isCut) return;
        pairs.delete(pair);
        to.destroy();
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a TCP server has no other kind of address

  function dropAll(): void {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  }

  const origin = `http://localhost:${port}`;
  return {
    origin,
    linkOf: ({ link }) => link.replace(demo().origin, origin),
    async carryMedia(context) {
      await context.route("**/v1/sit/*/media", async (route) => {
        const sent = route.request().postDataJSON() as { readonly offer: string };
        const offer = withoutCandidates(sent.offer);
        const response = await route.fetch({ postData: { ...sent, offer } }).catch(() => null);
        if (response === null) return route.abort();
        const published = v.safeParse(publishedSchema, await response.json().catch(() => null));
        if (!published.success) return route.fulfill({ response });
        const relay = await openMediaRelay(mediaPortOf(published.output.answer), () => isCut);
        relays.push(relay);
        const answer = published.output.answer.replaceAll(candidate, `$1${relay.port}$3`);
        await route.fulfill({ response, json: { answer } });
      });
    },
    cut() {
      isCut = true;
      // The product's end learns of it, as behind a front that watches its lines; the browser's end does not.
      for (const [, far] of pairs) far.destroy();
    },
    mend() {
      // What was open before the cut has lost bytes: it can only be broken.
      isCut = false;
      dropAll();
    },
    async close() {
      dropAll();
      for (const relay of relays) relay.close();
      server.close();
      await once(server, "close");
    },
  };
}

/** A host candidate of the local media server. */
const candidate = /(a=candidate:\S+ \d+ udp \d+ 127\.0\.0\.1 )(\d+)( typ host)/g;

function mediaPortOf(sdp: string): number {
  const port = [...sdp.matchAll(candidate)][0]?.[2];
  if (port === undefined) throw new Error("the media server offers no port");
  return Number(port);
}

/** Without them the media server cannot find a way around the line. */
function withoutCandidates(sdp: string): string {
  return sdp
    .split("\r\n")
    .filter((line) => !line.startsWith("a=candidate:"))
    .join("\r\n");
}

type MediaRelay = { readonly port: number; close(): void };

/** Carries packets between a browser and one port of the media server. */
async function openMediaRelay(farPort: number, isCut: () => boolean): Promise<MediaRelay> {
  const near = createSocket("udp4");
  const far = createSocket("udp4");
  let browser: RemoteInfo | null = null;
  near.on("message", (packet, from) => {
    browser = from;
    if (!isCut()) far.send(packet, farPort, "127.0.0.1");
  });
  far.on("message", (packet) => {
    if (browser !== null && !isCut()) near.send(packet, browser.port, browser.address);
  });
  await Promise.all([bound(near), bound(far)]);
  return {
    port: near.address().port,
    close() {
      near.close();
      far.close();
    },
  };
}

async function bound(socket: UdpSocket): Promise<void> {
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
}
