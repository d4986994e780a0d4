import { onTestFinished, vi } from "vitest";

/*
 * Stands in for the SFU, a foreign system, at its network border: no WebRTC runs inside workerd, so nothing there can send
 * the real or the local SFU the packets without which it lets nobody pull. Its replies have the shapes of Cloudflare's
 * documentation; test/tools/local-sfu/worker-calls.test.ts holds the same calls against the local SFU.
 */

export type SfuRequest = { readonly method: string; readonly path: string; readonly body: unknown };
type Reply = { readonly status: number; readonly body: unknown } | "never" | "broken";
type Tracks = {
  readonly tracks: readonly { readonly trackName: string; readonly mid?: string; readonly sessionId?: string }[];
};

export type SfuStandIn = {
  /** Every call that came, in order; paths are below the app. */
  readonly requests: readonly SfuRequest[];
  /** Tracks that fail to be published, pulled or shown, and the code they fail with. */
  failTrack(trackName: string, errorCode: string): void;
  /** Answers the next calls whose path ends so with these, in order. */
  answerNext(path: string, ...replies: readonly Reply[]): void;
};

/** Until the test ends, `fetch` to the SFU's address comes here; to any other address it fails. */
export function standInForSfu(address: { baseUrl: string; appId: string; appSecret: string }): SfuStandIn {
  const requests: SfuRequest[] = [];
  const failing = new Map<string, string>();
  const planned: { path: string; reply: Reply }[] = [];
  let sessions = 0;
  let mids = 0;

  function itemOf(track: Tracks["tracks"][number]) {
    const errorCode = failing.get(track.trackName);
    return errorCode === undefined
      ? { ...track, mid: track.mid ?? String(mids++) }
      : { ...track, mid: "", errorCode, errorDescription: "planned" };
  }

  function answer({ method, path, body }: SfuRequest): Exclude<Reply, string> {
    if (path === "/sessions/new") {
      sessions += 1;
      return { status: 201, body: { sessionId: `sfu-session-${sessions}` } };
    }
    const { tracks = [] } = (body ?? {}) as Partial<Tracks>;
    if (method === "POST" && path.endsWith("/tracks/new")) {
      const isPull = tracks[0]?.sessionId !== undefined;
      const items = tracks.map(itemOf);
      const isChanged = items.some(({ mid }) => mid !== "");
      const sessionDescription = { type: isPull ? "offer" : "answer", sdp: `the SFU's ${isPull ? "offer" : "answer"}` };
      return {
        status: 200,
        body: {
          requiresImmediateRenegotiation: isPull && isChanged,
          tracks: items,
          ...(isChanged ? { sessionDescription } : {}),
        },
      };
    }
    if (path.endsWith("/tracks/update")) {
      const items = tracks.map((track) => {
        const errorCode = failing.get(track.trackName);
        return errorCode === undefined ? track : { ...track, errorCode };
      });
      return { status: 200, body: { requiresImmediateRenegotiation: false, tracks: items } };
    }
    if (path.endsWith("/tracks/close")) return { status: 200, body: { requiresImmediateRenegotiation: false, tracks } };
    return { status: 200, body: {} };
  }

  const stub = vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    const app = `${address.baseUrl}/apps/${address.appId}`;
    if (!request.url.startsWith(app)) throw new Error(`nothing but the SFU is called: ${request.url}`);
    if (request.headers.get("authorization") !== `Bearer ${address.appSecret}`) {
      return Response.json({ errorCode: "unauthorized" }, { status: 401 });
    }
    const text = await request.text();
    const call = {
      method: request.method,
      path: request.url.slice(app.length),
      body: text === "" ? null : JSON.parse(text),
    };
    requests.push(call);
    const at = planned.findIndex(({ path }) => call.path.endsWith(path));
    const reply = at < 0 ? answer(call) : planned.splice(at, 1)[0]!.reply;
    if (reply === "broken") throw new TypeError("the network connection was lost");
    if (reply === "never") {
      return new Promise((_resolve, reject) => {
        request.signal.addEventListener("abort", () => reject(request.signal.reason));
      });
    }
    return typeof reply.body === "string"
      ? new Response(reply.body, { status: reply.status })
      : Response.json(reply.body, { status: reply.status });
  });
  onTestFinished(() => stub.mockRestore());

  return {
    requests,
    failTrack: (trackName, errorCode) => failing.set(trackName, errorCode),
    answerNext: (path, ...replies) => planned.push(...replies.map((reply) => ({ path, reply }))),
  };
}
