import type { Socket } from "#client/session/connection.ts";

/** One line between a page and a session. What either says lies in a queue until the test lets it through. */
export type SocketPair = {
  readonly url: string;
  /** The page's messages, taken off its queue: what the session hears now. */
  hear(): readonly unknown[];
  /** Puts a message of the session on its way to the page. */
  say(message: object | string): void;
  /** Lets everything that the session said come to the page. */
  deliver(): void;
  /** The line breaks: what was under way is lost, and the page is told, as a browser does. */
  cut(): void;
  /** The session closes the line with a reason. */
  close(code: number): void;
  isClosedByPage(): boolean;
};

/** Lines that a test holds by both ends. Nothing moves by itself. */
export function createSocketPairs(): {
  readonly openSocket: (url: string) => Socket;
  readonly all: readonly SocketPair[];
  latest(): SocketPair;
} {
  const all: SocketPair[] = [];
  return {
    all,
    openSocket(url) {
      const { socket, pair } = createPair(url);
      all.push(pair);
      return socket;
    },
    latest() {
      const pair = all.at(-1);
      if (pair === undefined) throw new Error("no line was opened yet");
      return pair;
    },
  };
}

function createPair(url: string): { readonly socket: Socket; readonly pair: SocketPair } {
  let up: string[] = [];
  let down: string[] = [];
  let isClosedByPage = false;
  const onMessage: ((event: { readonly data: unknown }) => void)[] = [];
  const onClose: ((event: { readonly code: number }) => void)[] = [];

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

  function end(code: number): void {
    up = [];
    down = [];
    for (const tell of onClose) tell({ code });
  }

  return {
    socket: {
      send: (text) => void up.push(text),
      close: () => {
        isClosedByPage = true;
      },
      addEventListener,
    },
    pair: {
      url,
      hear() {
        const heard = up;
        up = [];
        return heard.map((text) => (text.startsWith("{") ? (JSON.parse(text) as unknown) : text));
      },
      say: (message) => void down.push(typeof message === "string" ? message : JSON.stringify(message)),
      deliver() {
        const said = down;
        down = [];
        for (const data of said) for (const tell of onMessage) tell({ data });
      },
      cut: () => end(1006),
      close: end,
      isClosedByPage: () => isClosedByPage,
    },
  };
}
