/** What the two sides say, as far as a rehearsal looks at it. */
export type Heard = { readonly type: string } & Readonly<Record<string, unknown>>;

export type LoadSocket = {
  send(text: string): void;
  close(): void;
};

/** Node's own WebSocket takes headers; the type that it shares with browsers does not know that. */
type WithHeaders = new (
  url: string,
  options: { readonly headers: Readonly<Record<string, string>>; readonly protocols: readonly string[] },
) => WebSocket;

/** Opens a socket with a cookie, and with a candidate's proof among the protocols. Resolves when it is open, rejects when it is refused; `onClose` is for one that was open. */
export function openSocket(
  origin: URL,
  path: string,
  cookie: string,
  onText: (text: string) => void,
  onClose: (code: number) => void = () => {},
  protocols: readonly string[] = [],
): Promise<LoadSocket> {
  const url = new URL(path, origin);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const socket = new (WebSocket as unknown as WithHeaders)(url.href, {
    headers: { cookie, origin: origin.origin },
    protocols,
  });
  socket.addEventListener("message", ({ data }) => onText(String(data)));
  return new Promise((resolve, reject) => {
    socket.addEventListener("open", () => {
      socket.addEventListener("close", ({ code }) => onClose(code));
      resolve({
        send: (text) => socket.send(text),
        close: () => socket.close(1000),
      });
    });
    socket.addEventListener("error", () => reject(new Error(`the socket at ${url.pathname} was refused`)));
  });
}
