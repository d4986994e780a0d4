import { readdirSync, readFileSync } from "node:fs";

/** Clock ticks a second of /proc on Linux: `getconf CLK_TCK`, which is 100 on every platform that Node runs on. */
const ticksPerSecond = 100;

/** CPU and memory of the runtime's process, from /proc (proc(5)); null where there is no /proc. */
export type RuntimeUsage = { cpuMicros(): number; residentKb(): number };

/** The workerd that this process has started. */
export function runtimeUsage(): RuntimeUsage | null {
  const pid = childNamed("workerd", process.pid);
  if (pid === null) return null;
  return {
    cpuMicros() {
      const [user = 0, system = 0] = fieldsAfterName(pid).slice(11, 13).map(Number);
      return ((user + system) * 1_000_000) / ticksPerSecond;
    },
    residentKb() {
      const [, kb = "0"] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
      return Number(kb);
    },
  };
}

function childNamed(name: string, ancestor: number): number | null {
  let pids: readonly number[];
  try {
    pids = readdirSync("/proc").map(Number).filter(Number.isInteger);
  } catch {
    // No /proc: a Mac.
    return null;
  }
  const parents = new Map(pids.map((pid) => [pid, parentOf(pid)]));
  const found = pids.find((pid) => {
    for (let at = parents.get(pid); at !== undefined && at !== null && at > 1; at = parents.get(at)) {
      if (at === ancestor) return nameOf(pid) === name;
    }
    return false;
  });
  return found ?? null;
}

/** /proc/PID/stat is `pid (name) state ppid …`; a name may hold anything, so the fields are counted from its last bracket. */
function fieldsAfterName(pid: number): readonly string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function parentOf(pid: number): number | null {
  try {
    return Number(fieldsAfterName(pid)[1]);
  } catch {
    // It has ended since it was listed.
    return null;
  }
}

function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  } catch {
    // It has ended since it was listed.
    return "";
  }
}
