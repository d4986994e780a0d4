import { answerApiCall, type ApiCall } from "./api-routes.ts";
import { answerControlCall } from "./control-routes.ts";
import { DEFAULT_LIMITS, noPackets, type Counters, type Environment, type Limits } from "./environment.ts";
import { createApiServer, listen } from "./http.ts";
import { refusal, refusalReply, type Reply } from "./reply.ts";
import { Sessions } from "./sessions.ts";

export type LocalSfuOptions = {
  /** 0 for any that is free. */
  readonly port: number;
  readonly appId: string;
  /** The bearer token of every call. */
  readonly appSecret: string;
  /** The key id of `generate-ice-servers`, which takes the same bearer token; by default the app's id. */
  readonly turnKeyId?: string;
  /** Of the media packets to viewers, how many in a hundred are thrown away; by default none. */
  readonly lossPercent?: number;
  /** Waiting times other than Cloudflare's, for tests that cannot wait so long. */
  readonly limits?: Partial<Limits>;
};

type LocalSfuStats = Counters & {
  readonly sessions: readonly { readonly sessionId: string; readonly isConnected: boolean }[];
};

type PlannedFailure = {
  readonly count: number;
  readonly status: number;
  readonly errorCode: string;
  /** Only calls whose path ends in this; all if it is empty. */
  readonly path: string;
};

/** What tests may do to a running SFU. */
export type LocalSfuControl = {
  readonly stats: () => LocalSfuStats;
  /** Ends a session as if its connection had died. False if there is no such session. */
  readonly killSession: (sessionId: string) => boolean;
  /** Refuses the next API calls without doing them. Replaces what was planned before. */
  readonly failNext: (failure: PlannedFailure) => void;
  readonly setLossPercent: (percent: number) => void;
};

export type LocalSfu = LocalSfuControl & {
  /** The base address of the API, up to and with `/v1`: what stands in `SFU_BASE_URL`. */
  readonly url: string;
  /** The base address of the levers for tests. */
  readonly controlUrl: string;
  readonly close: () => Promise<void>;
};

/**
 * Starts an SFU that serves the HTTPS API of Cloudflare Realtime to this machine alone, over plain HTTP.
 * Rejects with the system's error if the port cannot be had.
 */
export async function createLocalSfu(options: LocalSfuOptions): Promise<LocalSfu> {
  const environment: Environment = {
    counters: noPackets(),
    lossPercent: options.lossPercent ?? 0,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    now: () => performance.now(),
  };
  const sessions = new Sessions(environment);
  let planned: PlannedFailure | null = null;
  const control: LocalSfuControl = {
    stats: () => ({
      ...environment.counters,
      sessions: sessions.all.map(({ id, isConnected }) => ({ sessionId: id, isConnected })),
    }),
    killSession: (sessionId) => {
      const session = sessions.find(sessionId);
      session?.close();
      return session !== null;
    },
    failNext: (failure) => {
      planned = failure;
    },
    setLossPercent: (percent) => {
      environment.lossPercent = percent;
    },
  };

  function takePlannedFailure(path: string): Reply | null {
    if (planned === null || planned.count === 0 || !path.endsWith(planned.path)) return null;
    planned = { ...planned, count: planned.count - 1 };
    return { status: planned.status, body: { errorCode: planned.errorCode, errorDescription: "Planned by a test" } };
  }

  const context = { sessions, appId: options.appId, turnKeyId: options.turnKeyId ?? options.appId };
  async function answer(call: ApiCall): Promise<Reply> {
    const [, room, path] = /^\/(v1|__control)(\/.*)$/.exec(call.path) ?? [];
    if (room === "__control" && path !== undefined) return answerControlCall(control, { ...call, path });
    if (room === "v1" && path !== undefined) {
      return takePlannedFailure(path) ?? answerApiCall(context, { ...call, path });
    }
    return refusalReply(refusal(404, "not_found", "No such path"));
  }

  const server = createApiServer(options.appSecret, answer);
  let port: number;
  try {
    port = await listen(server, options.port);
  } catch (error) {
    sessions.close();
    throw error;
  }
  const origin = `http://127.0.0.1:${port}`;
  return {
    ...control,
    url: `${origin}/v1`,
    controlUrl: `${origin}/__control`,
    close: async () => {
      sessions.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
