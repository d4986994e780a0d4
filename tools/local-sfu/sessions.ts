import type { Environment } from "./environment.ts";
import { Session } from "./session.ts";

const TICK_MS = 100;

/** All sessions of one SFU, and the clock that moves them. */
export class Sessions {
  readonly environment: Environment;
  readonly #sessions = new Map<string, Session>();
  readonly #timer: NodeJS.Timeout;
  #isClosed = false;

  constructor(environment: Environment) {
    this.environment = environment;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  get all(): readonly Session[] {
    return [...this.#sessions.values()];
  }

  async open(): Promise<Session> {
    const session = await Session.open(this.environment);
    this.#sessions.set(session.id, session);
    // Its sockets took a moment to open, and the whole SFU may have been closed in it.
    if (this.#isClosed) session.close();
    return session;
  }

  /** Null for a session that never was and for one that has ended: to a caller both are gone. */
  find(id: string): Session | null {
    const session = this.#sessions.get(id);
    return session === undefined || session.isClosed ? null : session;
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
    for (const session of this.#sessions.values()) session.close();
  }

  #tick(): void {
    const nowMs = this.environment.now();
    for (const [id, session] of this.#sessions) {
      session.tick(nowMs);
      if (session.isClosed) this.#sessions.delete(id);
    }
  }
}
