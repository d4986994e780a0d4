import type { ExamSessionEnv } from "#durable-objects/exam-session/env.ts";
import { migrate } from "#durable-objects/exam-session/schema.ts";
import { createSession, type Session } from "#durable-objects/exam-session/session.ts";
import { closeQuietly, mayEcho } from "#durable-objects/exam-session/sockets.ts";
import { ping, pong } from "#protocol/session/version.ts";
import { createDisk, type Disk } from "./disk.ts";
import { createLine, type Line, type LineEvents, type Network, type Owner, type ServerEnd } from "./line.ts";
import type { Machine, World } from "./world.ts";

/** What the host tells those who watch it. */
export type HostEvents = {
  /** Everything that was written so far is durable. */
  committed(): void;
  /** The session's constructor threw: the room would stay shut. */
  shut(error: unknown): void;
  /** A message has left the object for this owner: nobody can take it back. */
  left(owner: Owner, text: string): void;
  sent(owner: Owner, text: string): void;
  got(owner: Owner, text: string): void;
};

/** What may go wrong, asked anew each time. */
export type HostLuck = {
  /** How long it takes until a write is durable. */
  commitMs(): number;
  /** How late the alarm rings. */
  alarmLateMs(): number;
  /** Whether the alarm rings once more although it was heard. */
  ringsTwice(): boolean;
};

/**
 * The platform under the session: it stands for what Cloudflare promises of a Durable Object, and runs the real session.
 * - Output gate: what the object says leaves it only when everything that it wrote before is durable.
 *   https://developers.cloudflare.com/durable-objects/reference/durable-object-lifecycle/
 * - An alarm rings at least once, never before its time, one handler at a time, and again when its handler was cut short.
 *   https://developers.cloudflare.com/durable-objects/api/alarms/
 * - Hibernation takes the object's memory when nothing is under way, and keeps sockets, their tags and attachments; pings
 *   are answered without it. https://developers.cloudflare.com/durable-objects/best-practices/websockets/
 * - A crash takes memory, sockets, and what was not durable yet.
 */
export function createHost(world: World, network: Network, luck: HostLuck, env: ExamSessionEnv, events: HostEvents) {
  const machine: Machine = world.machine("object");
  const disk: Disk = createDisk(flushSoon);
  let lines: readonly Line[] = [];
  let session: Session | null = null;
  let gated: (() => void)[] = [];
  let underWay = 0;
  let ringing: { readonly at: number } | null = null;
  let ringsAt: number | null = null;

  function flushSoon(): void {
    world.after(machine, luck.commitMs(), flush);
  }

  function flush(): void {
    disk.flush();
    events.committed();
    const leaving = gated;
    gated = [];
    for (const leave of leaving) leave();
    expectAlarm();
  }

  function gate(leave: () => void): void {
    if (disk.isDirty() || gated.length > 0) gated.push(leave);
    else leave();
  }

  function expectAlarm(): void {
    const at = disk.alarm();
    if (at === null || at === ringsAt || ringing !== null) return;
    ringsAt = at;
    world.arrive(machine, at - world.now(), () => {
      world.arrive(machine, luck.alarmLateMs(), () => {
        if (ringsAt !== at) return;
        ringsAt = null;
        if (disk.alarm() === at) ring();
        else expectAlarm();
      });
    });
  }

  function ring(): void {
    if (ringing !== null) return;
    const current = awake();
    if (current === null) return;
    ringing = { at: world.now() };
    disk.takeAlarm();
    const mine = ringing;
    void during(current.wake()).then(() => {
      if (ringing !== mine) return;
      ringing = null;
      if (luck.ringsTwice()) disk.putBackAlarm(world.now());
      expectAlarm();
    });
  }

  /** Holds off hibernation while it lasts. */
  async function during<Result>(work: Promise<Result>): Promise<Result> {
    const { life } = machine;
    underWay += 1;
    try {
      return await work;
    } finally {
      if (life === machine.life) underWay -= 1;
    }
  }

  function openEnds(tag?: string): ServerEnd[] {
    return lines
      .map(({ server }) => server)
      .filter(
        ({ readyState, tags }) => readyState !== 3 && tags.length > 0 && (tag === undefined || tags.includes(tag)),
      );
  }

  /** The session, started anew when it is not in memory; null when its constructor throws. */
  function awake(): Session | null {
    if (session !== null) return session;
    const storage = { sql: disk.sql, transactionSync: disk.transactionSync, setAlarm: disk.setAlarm };
    const ctx = {
      storage,
      acceptWebSocket: (socket: ServerEnd, tags: readonly string[] = []) => void (socket.tags = tags),
      getWebSockets: openEnds,
      setWebSocketAutoResponse: () => {},
      getWebSocketAutoResponseTimestamp: ({ lastPing }: ServerEnd) => (lastPing === null ? null : new Date(lastPing)),
      waitUntil: (work: Promise<unknown>) => void during(work),
    };
    try {
      // The platform's own types have dozens of members more; the session uses these.
      migrate(storage as unknown as DurableObjectStorage);
      session = createSession(ctx as unknown as DurableObjectState, env);
    } catch (error) {
      events.shut(error);
      crash();
    }
    return session;
  }

  /** What the platform hands to the session, which knows this end as a `WebSocket`. */
  function asWebSocket(end: ServerEnd): WebSocket {
    return end as unknown as WebSocket;
  }

  /** As ExamSession.webSocketMessage does; a ping is answered by the runtime, and wakes nobody. */
  async function hear({ server, answer }: Line, text: string): Promise<void> {
    if (text === ping) {
      server.lastPing = world.now();
      return answer(pong);
    }
    const socket = asWebSocket(server);
    try {
      await awake()?.hear(socket, text);
    } catch {
      closeQuietly(socket, 1011, "internal error");
    }
  }

  /** As ExamSession.webSocketClose does. */
  function closedBy(end: ServerEnd, code: number): void {
    const socket = asWebSocket(end);
    if (end.tags.length === 0) return;
    const current = awake();
    closeQuietly(socket, mayEcho(code) ? code : 1000, "");
    try {
      current?.disconnect(socket);
    } catch {
      // The commit failed: the log says it when the object starts anew.
    }
  }

  function crash(): void {
    machine.life += 1;
    disk.lose();
    gated = [];
    session = null;
    underWay = 0;
    ringsAt = null;
    if (ringing !== null) disk.putBackAlarm(world.now() + 2_000);
    ringing = null;
    const gone = lines;
    lines = [];
    for (const line of gone) line.vanish();
    expectAlarm();
  }

  return {
    machine,
    disk,
    crash,
    lines: (): readonly Line[] => lines.filter((line) => !line.isBroken() && line.server.readyState === 1),

    /** A socket that the Worker has let through. `path`: who it is, as the Worker says it to the session. */
    connect(owner: Owner, path: string): Line {
      const lineEvents: LineEvents = {
        gate,
        left: (text) => events.left(owner, text),
        sent: (text) => events.sent(owner, text),
        got: (text) => events.got(owner, text),
        onUp: (text) => void during(hear(line, text)),
        onServerClose: (code) => closedBy(line.server, code),
      };
      const line = createLine(network, owner, machine, lineEvents);
      world.arrive(machine, network.latencyMs(), () => {
        const current = awake();
        if (current === null || line.isBroken()) return line.vanish();
        lines = [...lines.filter(({ server }) => server.readyState !== 3), line];
        try {
          current.connect(new URL(`https://session${path}`), asWebSocket(line.server));
        } catch {
          // The Worker's request fails, and with it the upgrade.
          line.vanish();
        }
      });
      return line;
    },

    /** Asks the session over RPC; the answer leaves with the output gate. `null` when it came to no answer. */
    call<Result>(asker: Machine, ask: (session: Session) => Result, answer: (result: Result | null) => void): void {
      world.arrive(machine, network.latencyMs(), () => {
        const current = awake();
        let result: Result | null = null;
        try {
          result = current === null ? null : ask(current);
        } catch {
          // The exception goes to the caller.
        }
        gate(() => void world.after(asker, network.latencyMs(), () => answer(result)));
      });
    },

    /** Hibernates, if nothing is under way. */
    evict(): boolean {
      if (session === null || underWay > 0 || disk.isDirty() || gated.length > 0 || ringing !== null) return false;
      machine.life += 1;
      session = null;
      ringsAt = null;
      expectAlarm();
      return true;
    },

    /** The session in memory, if it is there, for the eyes of the simulation. */
    inMemory: (): Session | null => (disk.isDirty() ? null : session),
    wakeUp: () => world.on(machine, awake),
    gate,
  };
}

export type Host = ReturnType<typeof createHost>;
