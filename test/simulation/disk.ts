import { DatabaseSync, type StatementSync } from "node:sqlite";

type Value = string | number | null | ArrayBuffer;
type Stored = string | number | bigint | null | Uint8Array;

/**
 * The object's storage over a real SQLite in memory. What Cloudflare promises about it
 * (https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/), and what stands for it here:
 * - writes are durable a little later, all that were made together or none: one transaction stays open until `flush`;
 * - `transactionSync` rolls back what its closure wrote when that throws: a savepoint;
 * - a crash before then loses them: `lose`.
 */
export type Disk = {
  readonly sql: Pick<SqlStorage, "exec">;
  readonly transactionSync: <Result>(closure: () => Result) => Result;
  readonly setAlarm: (at: number) => Promise<void>;
  /** The alarm that is durable, and so will ring. */
  alarm(): number | null;
  /** It rings: it is forgotten with the next flush, unless another is set. */
  takeAlarm(): void;
  /** It rang and its handler came to no end: it rings again. */
  putBackAlarm(at: number): void;
  /** Whether something was written that is not durable yet. */
  isDirty(): boolean;
  flush(): void;
  lose(): void;
  /** Lets so many of the coming transactions fail at their end. */
  fail(turns: number): void;
  /** Rows as they are stored, for the eyes of the simulation. */
  read<Row>(query: string, ...bindings: readonly Value[]): readonly Row[];
  close(): void;
};

export function createDisk(onDirty: () => void): Disk {
  const database = new DatabaseSync(":memory:");
  const statements = new Map<string, StatementSync>();
  let isDirty = false;
  let failing = 0;
  let alarm: number | null = null;
  let durableAlarm: number | null = null;
  let hasRung = false;

  function dirty(): void {
    if (isDirty) return;
    database.exec("BEGIN");
    isDirty = true;
    onDirty();
  }

  function rowsOf(query: string, bindings: readonly Value[]): Record<string, Value>[] {
    const statement = statements.get(query) ?? database.prepare(query);
    statements.set(query, statement);
    const rows = statement.all(...bindings.map(stored)) as Record<string, Stored>[];
    for (const row of rows) {
      for (const name in row) if (row[name] instanceof Uint8Array) row[name] = buffer(row[name]) as never;
    }
    return rows as Record<string, Value>[];
  }

  function exec(query: string, ...bindings: Value[]) {
    if (!/^\s*SELECT/i.test(query)) dirty();
    if (bindings.length === 0 && query.trim().includes(";")) {
      database.exec(query);
      return cursor([]);
    }
    return cursor(rowsOf(query, bindings));
  }

  return {
    // The cursor has what the session uses of it, and the compiler cannot be told which part that is.
    sql: { exec: exec as unknown as SqlStorage["exec"] },
    transactionSync(closure) {
      dirty();
      database.exec("SAVEPOINT turn");
      try {
        const result = closure();
        if (failing > 0) {
          failing -= 1;
          throw new Error("the disk is full");
        }
        database.exec("RELEASE turn");
        return result;
      } catch (error) {
        database.exec("ROLLBACK TO turn");
        database.exec("RELEASE turn");
        throw error;
      }
    },
    async setAlarm(at) {
      dirty();
      alarm = at;
    },
    alarm: () => (hasRung ? null : durableAlarm),
    takeAlarm() {
      alarm = null;
      hasRung = true;
      dirty();
    },
    putBackAlarm(at) {
      alarm ??= at;
      durableAlarm ??= at;
    },
    isDirty: () => isDirty,
    flush() {
      if (!isDirty) return;
      database.exec("COMMIT");
      isDirty = false;
      durableAlarm = alarm;
      hasRung = false;
    },
    lose() {
      if (isDirty) database.exec("ROLLBACK");
      isDirty = false;
      alarm = durableAlarm;
      hasRung = false;
    },
    fail: (turns) => void (failing = turns),
    read: <Row>(query: string, ...bindings: readonly Value[]) =>
      rowsOf(query, bindings) as readonly unknown[] as readonly Row[],
    close: () => database.close(),
  };
}

function cursor(rows: readonly Record<string, Value>[]) {
  return {
    toArray: () => [...rows],
    one() {
      const [row] = rows;
      if (row === undefined || rows.length > 1) throw new Error(`one row was expected, not ${rows.length}`);
      return row;
    },
    [Symbol.iterator]: () => rows[Symbol.iterator](),
  };
}

function stored(value: Value): Exclude<Stored, bigint> {
  return value instanceof ArrayBuffer ? new Uint8Array(value) : value;
}

function buffer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
