import type { AttemptId } from "#domain/exam/ids.ts";
import { socketProtocols } from "../http/proven-fetch.ts";
import type { Socket } from "../session/connection.ts";

type Listener = Parameters<WebSocket["addEventListener"]>;

/** Opens an attempt's sockets, each with a proof of this browser's key: it takes a moment to make one. */
export function provenSockets(attemptId: AttemptId): (url: string) => Socket {
  /** The socket before was closed before anything was heard on it: its proof may have been why. */
  let isRefused = false;

  return (url) => {
    const listeners: Listener[] = [];
    let socket: WebSocket | null = null;
    let isGivenUp = false;

    async function open(): Promise<void> {
      const { pathname } = new URL(url);
      // Without an answer it is tried all the same, and what comes of it is the socket's to tell.
      const protocols = await socketProtocols(pathname, `/v1/sit/${attemptId}`, isRefused).catch(() => []);
      if (isGivenUp) return;
      isRefused = true;
      socket = new WebSocket(url, protocols);
      socket.addEventListener("message", () => (isRefused = false), { once: true });
      for (const listener of listeners) socket.addEventListener(...listener);
    }

    void open();
    return {
      send: (text) => socket?.send(text),
      close(code) {
        isGivenUp = true;
        socket?.close(code);
      },
      addEventListener: (...listener: unknown[]) => void listeners.push(listener as Listener),
    };
  };
}
