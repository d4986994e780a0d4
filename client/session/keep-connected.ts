import type { Connection } from "./connection.ts";

/** Tries again as soon as the browser says that the network is back, and asks the time anew when the page is seen again. */
export function keepConnected(connection: Pick<Connection<unknown>, "reconnect" | "measureClock">): () => void {
  const onOnline = (): void => connection.reconnect();
  const onVisible = (): void => {
    if (document.visibilityState === "visible") connection.measureClock();
  };
  window.addEventListener("online", onOnline);
  document.addEventListener("visibilitychange", onVisible);
  return () => {
    window.removeEventListener("online", onOnline);
    document.removeEventListener("visibilitychange", onVisible);
  };
}

/** The address of a socket of this page's own origin. */
export function socketUrl(path: string): string {
  return `${window.location.protocol === "https:" ? "wss" : "ws"}://${window.location.host}${path}`;
}
