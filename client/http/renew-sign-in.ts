/** `signed-out`: nobody is signed in any more. `unanswered`: that could not be told. */
export type Renewal = "renewed" | "signed-out" | "unanswered";

let running: Promise<Renewal> | null = null;

/** Asks for a new access token, once for all who want one at this moment. Nothing makes it throw. */
export function renewSignIn(): Promise<Renewal> {
  running ??= renew().finally(() => {
    running = null;
  });
  return running;
}

async function renew(): Promise<Renewal> {
  try {
    // Kept alive: a page that is closed now must not lose the token that takes the old one's place.
    const answer = await fetch("/v1/sign-in/refresh", { method: "POST", credentials: "same-origin", keepalive: true });
    if (answer.ok) return "renewed";
    return answer.status === 401 ? "signed-out" : "unanswered";
  } catch {
    // No network: nobody answered.
    return "unanswered";
  }
}
