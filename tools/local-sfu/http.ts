import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { ApiCall } from "./api-routes.ts";
import { refusal, refusalReply, type Reply } from "./reply.ts";

/** Far more than 64 tracks and a description of many sections take. */
const BODY_LIMIT_BYTES = 256 * 1024;

export type Answer = (call: ApiCall) => Promise<Reply>;

/** A JSON server that answers only those who know the secret. */
export function createApiServer(secret: string, answer: Answer): Server {
  return createServer((request, response) => {
    void reply(request, secret, answer).then((outcome) => send(response, outcome));
  });
}

/** Listens on the loopback interface only. Rejects with the system's error, such as EADDRINUSE. */
export async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return address.port;
}

async function reply(request: IncomingMessage, secret: string, answer: Answer): Promise<Reply> {
  if (!isAuthorised(request, secret)) return refusalReply(refusal(401, "unauthorized", "A valid secret is required"));
  try {
    const bytes = await readBody(request);
    if (bytes === null) return refusalReply(refusal(413, "payload_too_large", "A body may have 256 kB"));
    const body = parseJson(bytes);
    if (!body.ok) return refusalReply(refusal(400, "decoding_error", "The body is not JSON"));
    const path = new URL(request.url ?? "/", "http://127.0.0.1").pathname;
    return await answer({ method: request.method ?? "GET", path, body: body.value });
  } catch (error) {
    // A fault of ours, or a connection that broke while its body was read; then nobody reads the reply.
    console.error("local SFU:", error);
    return refusalReply(refusal(500, "internal_error", "The SFU has failed"));
  }
}

/** Compares digests, so that neither the time taken nor a length tells how much of a guess was right. */
function isAuthorised(request: IncomingMessage, secret: string): boolean {
  return timingSafeEqual(digest(request.headers.authorization ?? ""), digest(`Bearer ${secret}`));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** Null when it is too large. The rest is then read and thrown away, so that the reply can still be delivered. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= BODY_LIMIT_BYTES) chunks.push(chunk);
  }
  return size > BODY_LIMIT_BYTES ? null : Buffer.concat(chunks);
}

function parseJson(bytes: Buffer): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  if (bytes.length === 0) return { ok: true, value: undefined };
  try {
    return { ok: true, value: JSON.parse(bytes.toString("utf8")) };
  } catch {
    // Only ever a SyntaxError.
    return { ok: false };
  }
}

function send(response: ServerResponse, { status, body }: Reply): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
