import { generateKeyPairSync } from "node:crypto";
import { itemsOf } from "#domain/exam/exam-version.ts";
import { brand, type RegistrationId } from "#domain/exam/ids.ts";
import type { FeedEntry, Tile } from "#protocol/session/down.ts";
import type { OutboxDelivery } from "#protocol/outbox.ts";
import { createCandidate } from "./candidate.ts";
import { answerMark, drawExam, keyMark, markOf, roomOf } from "./exam.ts";
import { type Globals, installGlobals } from "./globals.ts";
import type { Seen } from "./invariants.ts";
import { createJournal } from "./journal.ts";
import type { Network, Owner } from "./line.ts";
import { createHost } from "./object-host.ts";
import { createProctor } from "./proctor.ts";
import { createRandom, type Random } from "./random.ts";
import { createWorld } from "./world.ts";

/** How D1 answers: it may fail, take the rows and fail to say so, or not answer at all. */
export type ReadModelMood = "well" | "fails" | "takes and fails" | "hangs" | "slow";

/** What goes wrong at the moment; faults change it, and healing puts it right. */
export type Weather = {
  slowestMs: number;
  slowestNoticeMs: number;
  slowestCommitMs: number;
  latestAlarmMs: number;
  alarmRingsTwice: number;
  readModel: ReadModelMood;
  /** Chance that the recording store does not take a segment. */
  storeFails: number;
};

export const fairWeather: Weather = {
  slowestMs: 40,
  slowestNoticeMs: 300,
  slowestCommitMs: 5,
  latestAlarmMs: 5,
  alarmRingsTwice: 0,
  readModel: "well",
  storeFails: 0,
};

const startsAt = Date.UTC(2026, 10, 21, 9);
const { privateKey } = generateKeyPairSync("ed25519");
const signingKey = JSON.stringify(privateKey.export({ format: "jwk" }));

/** Sets up a room with its candidates and proctors, all at home, in a world of its own. */
export function setStage(seed: number, tell: (line: string) => void) {
  const random = createRandom(seed);
  const weather: Weather = { ...fairWeather, slowestMs: 120, slowestNoticeMs: 20_000, slowestCommitMs: 30 };
  const world = createWorld(startsAt);
  const globals: Globals = installGlobals(world, random, tell);
  const network: Network = {
    world,
    random,
    latencyMs: () => random.between(1, weather.slowestMs),
    noticeMs: () => random.between(0, weather.slowestNoticeMs),
  };
  const exam = drawExam(random);
  const config = roomOf(exam, startsAt);
  const journal = createJournal();
  const shut: string[] = [];
  const slept = new Set<string>();
  const said = { words: 0 };
  /** Candidates without a network, and until when. */
  const offlineUntil = new Map<string, number>();
  const healed: { at: number | null } = { at: null };

  const host = createHost(
    world,
    network,
    {
      commitMs: () => random.between(0, weather.slowestCommitMs),
      alarmLateMs: () => random.between(0, weather.latestAlarmMs),
      ringsTwice: () => random.chance(weather.alarmRingsTwice),
    },
    { CHECKPOINT_SIGNING_KEY: signingKey, CHECKPOINT_ORIGIN: "invigil.test", READ_MODEL: { take } },
    {
      committed: () => journal.readLog(host.disk),
      shut: (error) => void shut.push(`the constructor threw: ${String(error)}`),
      left: (owner, text) => void journal.leaks.push(...leaksIn(owner, text)),
      sent: (owner, text) => journal.sent(owner, text),
      got: (owner, text) => journal.got(owner, text),
    },
  );

  function take(delivery: OutboxDelivery): Promise<void> {
    const mood = weather.readModel;
    return new Promise((resolve, reject) => {
      host.gate(() => {
        const takes = mood !== "fails" && (mood !== "hangs" || random.chance(0.5));
        const underWayMs = network.latencyMs();
        world.arrive(host.machine, underWayMs, () => {
          if (takes) journal.take(delivery);
        });
        // D1 ends a query after 30 s at the latest: https://developers.cloudflare.com/d1/platform/limits/
        const ms = mood === "hangs" ? 31_000 : mood === "slow" ? random.between(500, 20_000) : 2 * weather.slowestMs;
        world.after(host.machine, underWayMs + ms, () =>
          mood === "well" || mood === "slow" ? resolve() : reject(new Error("D1 is away")),
        );
      });
    });
  }

  const candidates = Array.from({ length: random.between(3, 6) }, (_, index) =>
    createCandidate(world, `c${index + 1}`, ({ name, attemptId, browser }, machine, query) => {
      const path = `/candidate?attempt=${attemptId}&browser=${browser}&${query}`;
      const line = host.connect({ machine, name, isProctor: false }, path);
      if ((offlineUntil.get(name) ?? 0) > world.now()) line.cut();
      return line;
    }),
  );
  const proctors = Array.from({ length: random.between(1, 2) }, (_, index) =>
    createProctor(world, `p${index + 1}`, ({ name, memberId }, machine, query) =>
      host.connect(
        { machine, name, isProctor: true },
        `/proctor?member=${memberId}&name=Staff%20${markOf(name)}&${query}`,
      ),
    ),
  );

  function leaksIn(owner: Owner, text: string): readonly string[] {
    if (text.includes(keyMark)) return [`a key was sent to ${owner.name}`];
    if (!owner.isProctor) {
      return [...candidates, ...proctors]
        .filter(({ name }) => name !== owner.name && text.includes(markOf(name)))
        .map(({ name }) => `${owner.name} was sent what belongs to ${name}: ${text.slice(0, 200)}`);
    }
    if (text.includes(`${answerMark} ~`)) return [`${owner.name} was sent an answer`];
    if (!text.startsWith("{")) return [];
    const down = JSON.parse(text) as {
      readonly tiles?: readonly Tile[];
      readonly feed?: readonly FeedEntry[];
      readonly entries?: readonly FeedEntry[];
    };
    return [...(down.tiles ?? []), ...(down.feed ?? []), ...(down.entries ?? [])].flatMap((part) =>
      candidates
        .filter(({ name, attemptId }) => attemptId !== part.attemptId && JSON.stringify(part).includes(markOf(name)))
        .map(({ name }) => `what belongs to ${name} was sent to ${owner.name} as part of ${part.attemptId}`),
    );
  }

  function begin(): void {
    host.call(
      host.machine,
      (session) => {
        session.provision(config);
        session.register(
          candidates.map(({ name, attemptId }) => ({
            attemptId,
            registrationId: brand<RegistrationId>(`registration-${name}`),
            name: `Name ${markOf(name)}`,
          })),
        );
      },
      () => {
        for (const each of [...candidates, ...proctors]) each.open();
      },
    );
  }

  function seen(): Seen {
    return {
      journal,
      exam,
      host,
      candidates,
      proctors,
      now: world.now(),
      healedAt: healed.at,
      shut,
      isTrusted: ({ name }) => !slept.has(name),
    };
  }

  return {
    random,
    weather,
    world,
    globals,
    network,
    exam,
    items: itemsOf(exam),
    journal,
    host,
    candidates,
    proctors,
    slept,
    said,
    offlineUntil,
    healed,
    begin,
    seen,
  };
}

/** `random` is the step's own, so that one step more or less changes no other's lots. */
export type Stage = Omit<ReturnType<typeof setStage>, "random"> & { readonly random: Random };
