import { type ConsoleSession, createConsole } from "#client/proctor/console-session.ts";
import type { ProctorCommand } from "#domain/attempt/command.ts";
import { type AttemptId, brand, type ExamSessionId, type MemberId } from "#domain/exam/ids.ts";
import type { Line } from "./line.ts";
import type { Machine, World } from "./world.ts";

/** A proctor at a console, which is the one that really ships. */
export type Proctor = {
  readonly name: string;
  readonly memberId: MemberId;
  readonly machine: Machine;
  console(): ConsoleSession | null;
  readonly open: () => void;
  /** The browser dies; a console keeps nothing on the disk. */
  crash(): void;
  do(attemptId: AttemptId, command: ProctorCommand): void;
};

export function createProctor(
  world: World,
  name: string,
  connect: (proctor: Proctor, machine: Machine, query: string) => Line,
): Proctor {
  const machine = world.machine(name);
  let opened: ConsoleSession | null = null;
  const proctor: Proctor = {
    name,
    memberId: brand<MemberId>(`member-${name}`),
    machine,
    console: () => opened,
    open() {
      world.on(machine, () => {
        opened = createConsole(brand<ExamSessionId>("room"), (url) => {
          return connect(proctor, machine, new URL(url).search.slice(1)).client;
        });
        opened.open();
      });
    },
    crash() {
      machine.life += 1;
      opened = null;
    },
    do(attemptId, command) {
      const console = opened;
      if (console !== null) world.on(machine, () => void console.command(attemptId, command));
    },
  };
  return proctor;
}
