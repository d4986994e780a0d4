import { DurableObject } from "cloudflare:workers";

type Env = { readonly BOUND: DurableObjectNamespace<Bound> };

const tellEveryMs = 100;

/**
 * The bare bound: what the platform itself costs. It takes messages of the same size, stores those of one turn in one
 * transaction, acknowledges them, and tells the proctors every 100 ms. It parses, decides, hashes, signs and shows nothing.
 */
export class Bound extends DurableObject<Env> {
  #heard: { socket: WebSocket; message: string }[] = [];
  #turn: Promise<void> | null = null;
  #told: string[] = [];
  #isTelling = false;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS events (position INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT");
  }

  override async fetch(request: Request): Promise<Response> {
    const { 0: client, 1: server } = new WebSocketPair();
    const role = new URL(request.url).searchParams.get("role") ?? "candidate";
    this.ctx.acceptWebSocket(server, [role]);
    return new Response(null, { status: 101, webSocket: client });
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    if (typeof message === "string") this.#heard.push({ socket, message });
    this.#turn ??= scheduler.wait(0).then(() => this.#flush());
    return this.#turn;
  }

  #flush(): void {
    const heard = this.#heard;
    this.#heard = [];
    this.#turn = null;
    this.ctx.storage.transactionSync(() => {
      for (const { message } of heard) this.ctx.storage.sql.exec("INSERT INTO events (text) VALUES (?)", message);
    });
    for (const { socket, message } of heard) {
      // The id stands at the same place in every message of the load.
      socket.send(`{"type":"acks","acks":[{"id":"${message.slice(24, 60)}"}]}`);
      this.#told.push(message);
    }
    if (this.#isTelling) return;
    this.#isTelling = true;
    setTimeout(() => this.#tell(), tellEveryMs);
  }

  #tell(): void {
    this.#isTelling = false;
    const text = `[${this.#told.join(",")}]`;
    this.#told = [];
    for (const proctor of this.ctx.getWebSockets("proctor")) proctor.send(text);
  }
}

// oxlint-disable-next-line import/no-default-export -- the runtime looks for the Worker there
export default {
  fetch(request: Request, env: Env): Promise<Response> {
    return env.BOUND.get(env.BOUND.idFromName("bound")).fetch(request);
  },
};
