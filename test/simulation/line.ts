import type { Socket } from "#client/session/connection.ts";
import type { Random } from "./random.ts";
import type { Machine, World } from "./world.ts";

/** The session's end of a socket, as the platform's `WebSocket` shows it. It outlives an eviction with its attachment. */
export type ServerEnd = {
  readonly owner: Owner;
  readyState: number;
  tags: readonly string[];
  attachment: string | null;
  lastPing: number | null;
  send(text: string): void;
  close(code?: number, reason?: string): void;
  accept(): void;
  serializeAttachment(value: unknown): void;
  deserializeAttachment(): unknown;
};

/** Who sits at the other end, as the simulation knows it. */
export type Owner = { readonly machine: Machine; readonly name: string; readonly isProctor: boolean };

/** What the network does to the messages of a line. */
export type Network = {
  readonly world: World;
  readonly random: Random;
  /** How long a message is under way, in milliseconds: each line is in order, and no line waits for another. */
  latencyMs(): number;
  /** How long it takes until an end notices that its line is broken. */
  noticeMs(): number;
};

export type LineEvents = {
  /** The session may speak only when what it has written is durable. */
  readonly gate: (leave: () => void) => void;
  readonly onUp: (text: string) => void;
  readonly onServerClose: (code: number) => void;
  readonly left: (text: string) => void;
  readonly sent: (text: string) => void;
  readonly got: (text: string) => void;
};

/** One socket between a page and the session, with both of its ends. */
export type Line = {
  readonly owner: Owner;
  readonly client: Socket;
  readonly server: ServerEnd;
  isBroken(): boolean;
  /** What the platform says by itself: no gate is in its way. */
  readonly answer: (text: string) => void;
  /** It breaks: what is under way is lost, and each end hears of it when it does. */
  cut(): void;
  /** The object is gone, with its ends of all sockets. */
  vanish(): void;
};

const open = 1;
const closing = 2;
const closed = 3;

export function createLine(network: Network, owner: Owner, session: Machine, events: LineEvents): Line {
  const { world } = network;
  const { life } = owner.machine;
  const onMessage: ((event: { readonly data: unknown }) => void)[] = [];
  const onClose: ((event: { readonly code: number }) => void)[] = [];
  let isBroken = false;
  let isClosedByPage = false;
  let isToldClosed = false;
  let lastUp = 0;
  let lastDown = 0;

  /** The page that opened it is gone: whatever comes, nobody hears it. */
  function isOrphan(): boolean {
    return life !== owner.machine.life;
  }

  function upAt(): number {
    lastUp = Math.max(lastUp, world.now() + network.latencyMs());
    return lastUp - world.now();
  }
  function downAt(): number {
    lastDown = Math.max(lastDown, world.now() + network.latencyMs());
    return lastDown - world.now();
  }

  function deliver(text: string): void {
    if (isBroken || isOrphan()) return;
    world.reach(owner.machine, downAt(), () => {
      if (isBroken || isClosedByPage || isToldClosed) return;
      events.got(text);
      for (const hear of onMessage) hear({ data: text });
    });
  }

  function tellClosed(code: number, ms: number): void {
    if (isOrphan()) return;
    world.reach(owner.machine, ms, () => {
      if (isToldClosed || isClosedByPage) return;
      isToldClosed = true;
      for (const tell of onClose) tell({ code });
    });
  }

  function endServer(code: number, ms: number): void {
    // Sockets outlive the life in which they began.
    world.arrive(session, ms, () => {
      if (server.readyState === closed) return;
      const wasOpen = server.readyState === open;
      if (wasOpen) server.readyState = closing;
      events.onServerClose(code);
      server.readyState = closed;
    });
  }

  function addEventListener(type: "message", hear: (event: { readonly data: unknown }) => void): void;
  function addEventListener(type: "close", lose: (event: { readonly code: number }) => void): void;
  function addEventListener(
    ...[type, listener]:
      | [type: "message", hear: (event: { readonly data: unknown }) => void]
      | [type: "close", lose: (event: { readonly code: number }) => void]
  ): void {
    if (type === "message") onMessage.push(listener);
    else onClose.push(listener);
  }

  const server: ServerEnd = {
    owner,
    readyState: open,
    tags: [],
    attachment: null,
    lastPing: null,
    send(text) {
      if (server.readyState !== open) throw new TypeError("Can't call WebSocket send() after close().");
      events.gate(() => {
        events.left(text);
        deliver(text);
      });
    },
    close(code = 1000) {
      if (server.readyState !== open) throw new TypeError("Can't close a WebSocket twice.");
      server.readyState = closing;
      events.gate(() => {
        if (isBroken) return;
        const ms = downAt();
        tellClosed(code, ms);
        endServer(code, ms + upAt());
      });
    },
    accept() {},
    serializeAttachment: (value) => void (server.attachment = JSON.stringify(value)),
    deserializeAttachment: () => (server.attachment === null ? null : (JSON.parse(server.attachment) as unknown)),
  };

  const client: Socket = {
    send(text) {
      events.sent(text);
      if (isBroken || isClosedByPage) return;
      world.arrive(session, upAt(), () => {
        if (!isBroken && server.readyState === open) events.onUp(text);
      });
    },
    close(code = 1005) {
      if (isClosedByPage) return;
      isClosedByPage = true;
      if (!isBroken) endServer(code, upAt());
    },
    addEventListener,
  };

  function cut(): void {
    if (isBroken) return;
    isBroken = true;
    if (!isOrphan()) tellClosed(1006, network.noticeMs());
    endServer(1006, network.noticeMs());
  }

  return {
    owner,
    client,
    server,
    isBroken: () => isBroken,
    answer: deliver,
    cut,
    vanish() {
      isBroken = true;
      server.readyState = closed;
      if (!isOrphan()) tellClosed(1006, network.noticeMs());
    },
  };
}
