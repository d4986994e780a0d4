import { createCipheriv, createDecipheriv } from "node:crypto";
import type { Random } from "./random.ts";
import type { Machine, World } from "./world.ts";

type Listener = { readonly machine: Machine; readonly life: number; readonly type: string; readonly hear: () => void };

/** What code asks of the computer that it runs on, answered by the simulated world. */
export type Globals = {
  /** The browser says it to the pages of a machine: `online`, for one. */
  announce(machine: Machine, type: string): void;
  /** Puts everything back as it was. */
  restore(): void;
};

/**
 * Puts the world's time, chance and timers in place of the real ones, for as long as a schedule runs: the code under
 * test is the very code that ships, and asks the platform as it always does. `say` hears what it would log.
 */
export function installGlobals(world: World, random: Random, say: (line: string) => void): Globals {
  const listeners = new Set<Listener>();
  const undo: (() => void)[] = [];

  function install(target: object, name: string, value: unknown): void {
    const before = Object.getOwnPropertyDescriptor(target, name);
    Object.defineProperty(target, name, { value, configurable: true, writable: true });
    undo.push(() => {
      if (before === undefined) Reflect.deleteProperty(target, name);
      else Object.defineProperty(target, name, before);
    });
  }

  function setTimer(run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) {
    return world.after(world.current(), ms, () => run(...given));
  }
  function setRepeating(run: () => void, ms: number) {
    const machine = world.current();
    let timer = world.after(machine, ms, tell);
    function tell(): void {
      timer = world.after(machine, ms, tell);
      run();
    }
    return { cancel: () => timer.cancel() };
  }
  function clearTimer(timer: { cancel?(): void } | null | undefined): void {
    timer?.cancel?.();
  }
  function addEventListener(type: string, hear: () => void): void {
    const machine = world.current();
    listeners.add({ machine, life: machine.life, type, hear });
  }
  function removeEventListener(type: string, hear: () => void): void {
    for (const listener of listeners) if (listener.type === type && listener.hear === hear) listeners.delete(listener);
  }

  const { next } = random;
  install(Date, "now", () => world.now() + world.current().wallAheadMs);
  install(performance, "now", () => world.now() - world.current().sleptMs);
  install(Math, "random", next);
  install(globalThis, "setTimeout", setTimer);
  install(globalThis, "clearTimeout", clearTimer);
  install(globalThis, "setInterval", setRepeating);
  install(globalThis, "clearInterval", clearTimer);
  install(globalThis, "scheduler", {
    wait: (ms: number) => new Promise<void>((resolve) => void world.after(world.current(), ms, resolve)),
  });
  install(globalThis, "crypto", simulatedCrypto(random));
  install(globalThis, "window", {
    location: { protocol: "https:", host: "invigil.test" },
    addEventListener,
    removeEventListener,
  });
  install(globalThis, "document", { visibilityState: "visible", addEventListener, removeEventListener });
  install(globalThis, "WebSocketRequestResponsePair", RequestResponsePair);
  install(console, "log", (line: unknown) => say(String(line)));
  install(console, "error", (line: unknown, error: unknown) => say(`${String(line)} ${String(error)}`));

  return {
    announce(machine, type) {
      for (const listener of listeners) {
        if (listener.machine !== machine || listener.life !== machine.life || listener.type !== type) continue;
        world.on(machine, listener.hear);
      }
    },
    restore() {
      for (const each of undo.toReversed()) each();
    },
  };
}

class RequestResponsePair {
  readonly request: string;
  readonly response: string;
  constructor(request: string, response: string) {
    this.request = request;
    this.response = response;
  }
}

/** The same algorithm, but done at once: a real thread would answer when it likes, and no schedule would come again. */
function simulatedCrypto(random: Random) {
  const key = new Uint8Array(32).fill(7);
  function bytes(count: number): Uint8Array<ArrayBuffer> {
    return Uint8Array.from({ length: count }, () => random.between(0, 255));
  }
  return {
    randomUUID: () => [8, 4, 4, 4, 12].map((length) => Buffer.from(bytes(length / 2)).toString("hex")).join("-"),
    getRandomValues: (into: Uint8Array) => (into.set(bytes(into.length)), into),
    subtle: {
      generateKey: async () => ({ type: "secret" }),
      async encrypt({ iv, additionalData }: AesGcm, _key: unknown, plain: Uint8Array) {
        const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(additionalData);
        const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
        return sealed.buffer.slice(sealed.byteOffset, sealed.byteOffset + sealed.byteLength);
      },
      async decrypt({ iv, additionalData }: AesGcm, _key: unknown, sealed: ArrayBuffer) {
        const all = new Uint8Array(sealed);
        const opened = createDecipheriv("aes-256-gcm", key, iv).setAAD(additionalData).setAuthTag(all.subarray(-16));
        return Buffer.concat([opened.update(all.subarray(0, -16)), opened.final()]);
      },
    },
  };
}

type AesGcm = { readonly iv: Uint8Array; readonly additionalData: Uint8Array };
