import { env, evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import type { CandidateCommand, ProctorCommand } from "#domain/attempt/command.ts";
import { consentTextOf } from "#domain/exam/consent.ts";
import { consentTextCharacters } from "#domain/exam/consent-text.ts";
import { type AttemptId, brand, type ExamSessionId, type MemberId, type RegistrationId } from "#domain/exam/ids.ts";
import type { SittingId, TenantId } from "#domain/exam/ids.ts";
import { pong } from "#protocol/session/version.ts";
import { firstAid } from "#test/domain/exam/first-aid.ts";
import type { CandidateDown, ProctorDown } from "#protocol/session/down.ts";
import type { ExamSessionRpc, SessionConfig } from "#protocol/session/rpc.ts";

export const ada = brand<AttemptId>("attempt-ada");
export const grace = brand<AttemptId>("attempt-grace");
export const adasBrowser = "browser-of-ada";
export const gracesBrowser = "browser-of-grace";
export const lin = brand<MemberId>("member-lin");

export const consentSha256 = await sha256Of(consentTextCharacters(consentTextOf(firstAid)));

async function sha256Of(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Buffer.from(digest).toString("hex");
}

export type Stub = DurableObjectStub & ExamSessionRpc;

let rooms = 0;

/** An exam session of its own for a test, with ada and grace registered. */
export async function openRoom(change: Partial<SessionConfig> = {}): Promise<Stub> {
  rooms += 1;
  const examSessionId = brand<ExamSessionId>(`room-${rooms}-${crypto.randomUUID()}`);
  const { EXAM_SESSIONS } = env as unknown as { EXAM_SESSIONS: DurableObjectNamespace };
  const stub = EXAM_SESSIONS.get(EXAM_SESSIONS.idFromName(examSessionId)) as Stub;
  await stub.provision({
    tenantId: brand<TenantId>("tenant-1"),
    examSessionId,
    sittingId: brand<SittingId>("sitting-1"),
    title: "First aid, spring",
    opensAt: 0,
    closesAt: Date.now() + 86_400_000,
    exam: { ...firstAid, durationMs: 3_600_000 },
    ...change,
  });
  await stub.register([
    { attemptId: ada, registrationId: brand<RegistrationId>("registration-ada"), name: "Ada" },
    { attemptId: grace, registrationId: brand<RegistrationId>("registration-grace"), name: "Grace" },
  ]);
  return stub;
}

type Welcome<Down> = Extract<Down, { type: "welcome" }>;

/** One end of a socket: what came is kept in order, and can be waited for. */
class Line<Down extends { type: string }> {
  readonly came: Down[] = [];
  /** How many pings the runtime has answered. */
  pongs = 0;
  closed: { code: number; reason: string } | null = null;
  readonly #socket: WebSocket;
  readonly #watchers = new Set<() => void>();

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.accept();
    socket.addEventListener("message", ({ data }) => {
      if (data === pong) this.pongs += 1;
      else this.hear(JSON.parse(String(data)) as Down);
      this.#look();
    });
    socket.addEventListener("close", ({ code, reason }) => {
      this.closed = { code, reason };
      this.#look();
    });
  }

  protected hear(down: Down): void {
    this.came.push(down);
  }

  #look(): void {
    for (const watcher of this.#watchers) watcher();
  }

  /** Resolves with what `find` gives as soon as it is not undefined, now or later. */
  until<Found>(find: () => Found | undefined): Promise<Found> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = find();
        if (found === undefined) return;
        this.#watchers.delete(look);
        resolve(found);
      };
      this.#watchers.add(look);
      look();
    });
  }

  next<Type extends Down["type"]>(type: Type, after = 0): Promise<Extract<Down, { type: Type }>> {
    const isIt = (down: Down): down is Extract<Down, { type: Type }> => down.type === type;
    return this.until(() => this.came.slice(after).find(isIt));
  }

  async welcome(): Promise<Welcome<Down>> {
    return (await this.next("welcome")) as Welcome<Down>;
  }

  sendRaw(bytes: string | ArrayBuffer): void {
    this.#socket.send(bytes);
  }

  close(): void {
    this.#socket.close(1000, "done");
  }
}

export class CandidateLine extends Line<CandidateDown> {
  /** Sends a command and resolves with its outcome. */
  async do(command: CandidateCommand, id: string = crypto.randomUUID()) {
    const from = this.came.length;
    this.sendRaw(JSON.stringify({ type: "command", id, command }));
    return this.until(() => outcomeOf(this.came.slice(from), id));
  }

  /** Consents to the text that the session sent. */
  async consent() {
    const { consent } = await this.welcome();
    if (consent === null) throw new Error("there is nothing to consent to");
    return this.do({ type: "giveConsent", textSha256: await sha256Of(consentTextCharacters(consent)) });
  }
}

export class ProctorLine extends Line<ProctorDown> {
  /** Whether it says how far it has read, as a console does. */
  isReading = true;

  protected override hear(down: ProctorDown): void {
    super.hear(down);
    if (down.type === "mark" && this.isReading) this.sendRaw(JSON.stringify({ type: "heard", mark: down.mark }));
  }

  async do(attemptId: AttemptId, command: ProctorCommand, id: string = crypto.randomUUID()) {
    const from = this.came.length;
    this.sendRaw(JSON.stringify({ type: "command", id, attemptId, command }));
    return this.until(() => outcomeOf(this.came.slice(from), id));
  }
}

function outcomeOf(downs: readonly (CandidateDown | ProctorDown)[], id: string) {
  return downs.flatMap((down) => (down.type === "acks" ? down.acks : [])).find((ack) => ack.id === id)?.outcome;
}

async function upgrade(stub: Stub, path: string): Promise<WebSocket> {
  const answer = await stub.fetch(`https://session${path}`, { headers: { upgrade: "websocket" } });
  if (answer.webSocket === null) throw new Error(`no socket at ${path}`);
  return answer.webSocket;
}

/** `page`: one of the browser's pages; its only one when left out. */
export async function asCandidate(
  stub: Stub,
  attemptId = ada,
  browser = adasBrowser,
  { page = browser, isReading = false } = {},
): Promise<CandidateLine> {
  const as = `attempt=${attemptId}&browser=${browser}&page=${page}${isReading ? "&reading=1" : ""}`;
  return new CandidateLine(await upgrade(stub, `/candidate?${as}`));
}

export async function asProctor(stub: Stub, after = 0): Promise<ProctorLine> {
  return new ProctorLine(await upgrade(stub, `/proctor?member=${lin}&name=Lin&after=${after}`));
}

const passed = { camera: "passed", microphone: "passed", screen: "passed", fullScreen: "passed" } as const;

/** The acts that bring an attempt from registration to each status, in order. */
export const wayTo = {
  registered: [],
  consented: [["ada", { type: "giveConsent", textSha256: consentSha256 }]],
  checked: [["ada", { type: "reportDeviceCheck", check: passed }]],
  waiting: [["ada", { type: "requestAdmission" }]],
  admitted: [["lin", { type: "admit" }]],
  open: [
    ["ada", { type: "openPaper" }],
    [
      "ada",
      {
        type: "saveAnswer",
        itemId: firstAid.sections[0]!.items[0]!.id,
        response: { kind: "single-choice", option: "side" },
        agoMs: 0,
      },
    ],
  ],
  paused: [["lin", { type: "pause", reason: "A moment, please." }]],
} as const satisfies Record<string, readonly (readonly ["ada", CandidateCommand] | readonly ["lin", ProctorCommand])[]>;

export type Stage = keyof typeof wayTo;

/** Brings ada to a stage, through the sockets, the way a person would. */
export async function bringTo(stage: Stage, candidate: CandidateLine, proctor: ProctorLine): Promise<void> {
  for (const [name, acts] of Object.entries(wayTo)) {
    for (const [who, command] of acts) {
      const outcome =
        command.type === "giveConsent"
          ? await candidate.consent()
          : who === "ada"
            ? await candidate.do(command)
            : await proctor.do(ada, command);
      if (!outcome.accepted) throw new Error(`${command.type} was refused: ${outcome.refusal}`);
    }
    if (name === stage) return;
  }
}

/** Puts the object to sleep and wakes it anew: what is then there came from storage. */
export async function evict(stub: Stub): Promise<void> {
  await evictDurableObject(stub);
}

/** Moves the object's storage so that everything in it happened `ms` earlier, as if that much time had passed. */
export async function letTimePass(stub: Stub, ms: number): Promise<void> {
  await runInDurableObject(stub, (_instance, state) => {
    const shift = (text: string): string =>
      JSON.stringify(JSON.parse(text), (key, value: unknown) =>
        typeof value === "number" && isMoment(key) ? value - ms : value,
      );
    for (const { position, text } of state.storage.sql
      .exec<{ position: number; text: string }>("SELECT position, text FROM events")
      .toArray()) {
      state.storage.sql.exec("UPDATE events SET text = ? WHERE position = ?", shift(text), position);
    }
    // Snapshots hold times too: an unknown fold version makes the object fold its log anew.
    state.storage.sql.exec("UPDATE attempts SET fold_version = -1, snapshot_seq = 0");
  });
  await evict(stub);
}

function isMoment(key: string): boolean {
  return ["at", "since", "until", "from", "notedAt", "startsAt", "endsAt", "takenAt"].includes(key);
}

export async function ringAlarm(stub: Stub): Promise<boolean> {
  return runDurableObjectAlarm(stub);
}

/** All that the object stores of its log, to compare before and after. */
export async function storedLog(stub: Stub): Promise<readonly string[]> {
  return runInDurableObject(stub, (_instance, state) =>
    state.storage.sql
      .exec<{ text: string }>("SELECT text FROM events ORDER BY position")
      .toArray()
      .map(({ text }) => text),
  );
}
