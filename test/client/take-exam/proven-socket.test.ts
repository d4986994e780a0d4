import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { brand, type AttemptId } from "#domain/exam/ids.ts";
import { nonceHeader, socketProtocol } from "#protocol/http/proof.ts";

const url = "wss://exam.test/v1/sit/ada/socket?page=1";

/** As much of the browser's WebSocket as is looked at. */
class OpenedSocket extends EventTarget {
  readonly sent: string[] = [];
  readonly protocols: readonly string[];
  isClosed = false;

  constructor(_url: string, protocols: readonly string[]) {
    super();
    this.protocols = protocols;
    opened.push(this);
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.isClosed = true;
  }
}

let opened: OpenedSocket[] = [];
let asked: string[] = [];

async function openPage() {
  vi.resetModules();
  const { provenSockets } = await import("#client/take-exam/proven-socket.ts");
  return provenSockets(brand<AttemptId>("ada"));
}

beforeEach(() => {
  opened = [];
  asked = [];
  // There is no IndexedDB here: the page goes on with a key of its own.
  vi.spyOn(console, "error").mockImplementation(() => {});
  vi.stubGlobal("window", { location: { href: "https://exam.test/sit/ada" } });
  vi.stubGlobal("WebSocket", OpenedSocket);
  vi.stubGlobal("fetch", (path: string) => {
    asked.push(path);
    return Promise.resolve(new Response(null, { status: 401, headers: { [nonceHeader]: `nonce-${asked.length}` } }));
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("a candidate's socket in the page", () => {
  it("[G70] is opened with a proof as soon as there is one, and then hears and is heard", async () => {
    const openSocket = await openPage();
    const heard: unknown[] = [];
    const socket = openSocket(url);
    socket.addEventListener("message", ({ data }) => heard.push(data));
    await vi.waitFor(() => expect(opened).toHaveLength(1));
    expect(opened[0]!.protocols).toEqual([socketProtocol, expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]{86}$/)]);
    opened[0]!.dispatchEvent(new MessageEvent("message", { data: "welcome" }));
    socket.send("hello");
    expect([heard, opened[0]!.sent]).toEqual([["welcome"], ["hello"]]);
  });

  it("[G76] asks for a new nonce after two that were refused, and not after one that was heard", async () => {
    const openSocket = await openPage();
    for (const questions of [1, 1, 2, 3]) {
      const before = opened.length;
      openSocket(url);
      await vi.waitFor(() => expect(opened).toHaveLength(before + 1));
      expect(asked).toHaveLength(questions); // the first because the page had none
    }
    opened.at(-1)!.dispatchEvent(new MessageEvent("message", { data: "welcome" }));
    openSocket(url);
    await vi.waitFor(() => expect(opened).toHaveLength(5));
    expect(asked).toHaveLength(3);
  });

  it("that is given up before its proof is made is never opened", async () => {
    const openSocket = await openPage();
    openSocket(url).close();
    openSocket(url);
    await vi.waitFor(() => expect(opened).toHaveLength(1));
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    expect(opened).toHaveLength(1);
  });

  it("is tried all the same where nobody answers, so that its own end tells the page", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
    const openSocket = await openPage();
    openSocket(url);
    await vi.waitFor(() => expect(opened).toHaveLength(1));
    expect(opened[0]!.protocols).toEqual([socketProtocol, expect.any(String)]);
  });
});
