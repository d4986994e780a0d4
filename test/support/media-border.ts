import type { Page, Route } from "@playwright/test";
import type { SfuReply } from "./sfu-api.ts";
import { openSfuSession, type SfuAddress, type SfuSession } from "./sfu-api.ts";

/** One call that a page made: `POST viewers`, `PUT tracks` and so on; `open` while it is not answered. */
export type BorderCall = { readonly name: string; readonly viewer: string | null; isOpen: boolean };

type Body = {
  readonly offer?: string;
  readonly answer?: string;
  readonly mids?: readonly string[];
  readonly tracks?: readonly { readonly mid: string; readonly track: string }[];
  readonly seats?: readonly { readonly attemptId: string; readonly track: string; readonly mid?: string }[];
};

type Answer = { readonly status: number; readonly body: unknown };

/**
 * The HTTP border of live media as the pages see it (`protocol/http/sit.ts`, `watch.ts`), before a real SFU: for what
 * the pages do when calls fail and connections die. That the Worker is such a border is proved by its own tests.
 */
export function createMediaBorder(sfu: SfuAddress) {
  const publications = new Map<string, SfuSession>();
  const viewers = new Map<string, SfuSession>();
  const calls: BorderCall[] = [];
  const overlaps: string[] = [];
  let failures = { count: 0, name: "" };

  async function publish(attemptId: string, { offer, tracks = [] }: Body): Promise<Answer> {
    const session = await openSfuSession(sfu);
    const reply = await session.call("POST", "/tracks/new", {
      sessionDescription: { type: "offer", sdp: offer },
      tracks: tracks.map(({ mid, track }) => ({ location: "local", mid, trackName: track })),
    });
    if (reply.status !== 200) return problem(503, "media-unavailable");
    publications.set(attemptId, session);
    return { status: 200, body: { answer: reply.body.sessionDescription?.sdp } };
  }

  async function openViewer(): Promise<Answer> {
    const session = await openSfuSession(sfu);
    viewers.set(session.sessionId, session);
    return { status: 201, body: { viewer: session.sessionId } };
  }

  async function watch(viewer: SfuSession, { seats = [] }: Body, isTurn: boolean): Promise<Answer> {
    const found = seats.filter(({ attemptId }) => publications.has(attemptId));
    const none: Answer = { status: 200, body: { offer: null, seats: seats.map((seat) => ({ ...seat, mid: null })) } };
    if (found.length === 0) return none;
    const tracks = found.map(({ attemptId, track, mid }) => ({
      location: "remote",
      sessionId: publications.get(attemptId)?.sessionId,
      trackName: track,
      ...(isTurn ? { mid } : {}),
    }));
    const reply = await viewer.call(isTurn ? "PUT" : "POST", isTurn ? "/tracks/update" : "/tracks/new", { tracks });
    if (reply.status !== 200) return refusal(reply);
    return {
      status: 200,
      body: {
        offer: reply.body.sessionDescription?.sdp ?? null,
        seats: seats.map((seat) => {
          const result = reply.body.tracks?.[found.indexOf(seat)];
          return { ...seat, mid: result === undefined || result.errorCode !== undefined ? null : result.mid };
        }),
      },
    };
  }

  async function ask(viewer: SfuSession, name: string, body: Body): Promise<Answer> {
    switch (name) {
      case "POST tracks":
        return watch(viewer, body, false);
      case "PUT tracks":
        return watch(viewer, body, true);
      case "PUT answer": {
        const sessionDescription = { type: "answer", sdp: body.answer };
        const reply = await viewer.call("PUT", "/renegotiate", { sessionDescription });
        return reply.status === 200 ? { status: 204, body: null } : refusal(reply);
      }
      case "POST close": {
        const tracks = (body.mids ?? []).map((mid) => ({ mid }));
        const reply = await viewer.call("PUT", "/tracks/close", { tracks, force: true });
        return reply.status === 200 ? { status: 204, body: null } : refusal(reply);
      }
      default:
        return problem(404, "not-found");
    }
  }

  async function answer(route: Route): Promise<Answer> {
    const request = route.request();
    const body = (request.postDataJSON() ?? {}) as Body;
    const [, , kind, owner = "", what = "", viewerId, operation] = new URL(request.url()).pathname.split("/");
    const name = `${request.method()} ${operation ?? what}`;
    if (viewerId !== undefined && calls.some((call) => call.isOpen && call.viewer === viewerId)) overlaps.push(name);
    const call: BorderCall = { name, viewer: viewerId ?? null, isOpen: true };
    calls.push(call);
    try {
      if (failures.count > 0 && failures.name === name) {
        failures = { ...failures, count: failures.count - 1 };
        return problem(503, "media-unavailable");
      }
      if (kind === "sit") return await publish(owner, body);
      if (viewerId === undefined) return await openViewer();
      const viewer = viewers.get(viewerId);
      return viewer === undefined ? problem(410, "viewer-gone") : await ask(viewer, name, body);
    } finally {
      call.isOpen = false;
    }
  }

  return {
    calls,
    /** Calls of one viewer that came while another of it was under way: the SFU would refuse them. */
    overlaps,
    publisherOf: (attemptId: string) => publications.get(attemptId)?.sessionId ?? null,
    viewerIds: () => [...viewers.keys()],
    /** The next calls of this name are answered 503. */
    failNext: (name: string, count: number) => {
      failures = { name, count };
    },
    attach: (page: Page) =>
      page.route("**/v1/**", async (route) => {
        const { status, body } = await answer(route);
        const contentType = status < 400 ? "application/json" : "application/problem+json";
        await route.fulfill({ status, contentType, body: body === null ? "" : JSON.stringify(body) });
      }),
  };
}

function refusal({ status }: { readonly status: number; readonly body: SfuReply }): Answer {
  if (status === 410) return problem(410, "viewer-gone");
  return status === 406 ? problem(409, "conflict") : problem(503, "media-unavailable");
}

function problem(status: number, code: string): Answer {
  return {
    status,
    body: { type: `about:blank#${code}`, title: code, status, code, detail: "by the test", requestId: "none" },
  };
}
