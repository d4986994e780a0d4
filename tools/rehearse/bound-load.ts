import { type LoadSocket, openSocket } from "./socket.ts";

/** The load on the bare bound: as many candidates and consoles, messages of the same size. */
export async function openBoundLoad(origin: URL, candidates: number, proctors: number) {
  const waiting = new Map<string, () => void>();
  const hear = (text: string): void => {
    const { acks } = JSON.parse(text) as { acks?: readonly { id: string }[] };
    for (const { id } of acks ?? []) {
      waiting.get(id)?.();
      waiting.delete(id);
    }
  };
  const consoles = await opened(proctors, () => openSocket(origin, "/?role=proctor", "", () => {}));
  const sockets = await opened(candidates, () => openSocket(origin, "/?role=candidate", "", hear));

  function say(socket: LoadSocket, count: number): Promise<void> {
    const id = crypto.randomUUID();
    const response = { kind: "short-text", text: `answer ${count} of a-candidate-with-an-id` };
    const command = { type: "saveAnswer", itemId: "load-1", response, agoMs: 0 };
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ type: "command", id, command }));
    });
  }

  return {
    /** The same closed loop as ours. Gives how many were acknowledged. */
    async saturate(milliseconds: number): Promise<number> {
      const until = performance.now() + milliseconds;
      let acks = 0;
      await Promise.all(
        sockets.map(async (socket) => {
          for (let count = 0; performance.now() < until; count += 1) {
            await say(socket, count);
            acks += 1;
          }
        }),
      );
      return acks;
    },
    close(): void {
      for (const socket of [...consoles, ...sockets]) socket.close();
    },
  };
}

async function opened(count: number, open: () => Promise<LoadSocket>): Promise<readonly LoadSocket[]> {
  const sockets: LoadSocket[] = [];
  for (let index = 0; index < count; index += 1) sockets.push(await open());
  return sockets;
}
