import type { AttemptId } from "#domain/exam/ids.ts";
import { socketProtocols } from "../http/proven-fetch.ts";
import type { Socket } from "../session/connection.ts";

type Listener = Parameters<WebSocket["addEventListener"]>;

/** Opens an attempt's sockets, each with a proof of this browser's key: it takes a moment to make one. */
export function provenSockets(attemptId: AttemptId): (url: string) => Socket {
  /** How many sockets in a row were closed before anything was heard on them. */
  let unheard = 0;

  return (url) => {
    const listeners: Listener[] = [];
    let socket: WebSocket | null = null;
    let isGivenUp = false;

    async function open(): Promise<void> {
      const { pathname } = new URL(url);
      // One is the line that was lost. From the third on it may be the proof.
      const protocols = await socketProtocols(pathname, `/v1/sit/${attemptId}`, unheard >= 2);
      if (isGivenUp) return;
      unheard += 1;
      socket = new WebSocket(url, protocols);
      socket.addEventListener("message", () => (unheard = 0), { once: true });
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
