import { renewSignIn } from "../http/renew-sign-in.ts";
import { meKey } from "./me.ts";
import { queryClient } from "./query-client.ts";

/** Well before an access token of ten minutes ends. */
const renewAfterMs = 4 * 60_000;
const lookEveryMs = 30_000;

/**
 * Renews the sign-in before its token ends, for as long as a page of the staff is open, and as soon as a computer that slept
 * is awake: sockets and pictures cannot ask for it themselves. Gives the function that ends it.
 */
export function keepSignedIn(): () => void {
  let renewedAt = Date.now();

  function look(): void {
    // By the wall clock, which goes on while the computer sleeps.
    if (Math.abs(Date.now() - renewedAt) < renewAfterMs) return;
    renewedAt = Date.now();
    void renewSignIn().then((outcome) => {
      if (outcome === "signed-out") queryClient.setQueryData(meKey, null);
      if (outcome === "unanswered") renewedAt = 0;
    });
  }

  const timer = setInterval(look, lookEveryMs);
  window.addEventListener("online", look);
  document.addEventListener("visibilitychange", look);
  return () => {
    clearInterval(timer);
    window.removeEventListener("online", look);
    document.removeEventListener("visibilitychange", look);
  };
}
