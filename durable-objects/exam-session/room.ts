import type { SessionConfig } from "#protocol/session/rpc.ts";

/** What the session was told about itself. */
export function createRoom(sql: SqlStorage) {
  return {
    config(): SessionConfig | null {
      const [row] = sql.exec<{ value: string }>("SELECT value FROM session WHERE key = 'config'").toArray();
      return row === undefined ? null : (JSON.parse(row.value) as SessionConfig);
    },
    /** The same session again may bring another title or window; another exam, tenant or sitting is a mistake of ours. */
    provision(before: SessionConfig | null, config: SessionConfig): void {
      if (before !== null && identityOf(before) !== identityOf(config)) {
        throw new Error(`exam session ${before.examSessionId} was provisioned for something else`);
      }
      sql.exec("INSERT OR REPLACE INTO session (key, value) VALUES ('config', ?)", JSON.stringify(config));
    },
  };
}

function identityOf({ tenantId, examSessionId, sittingId, exam }: SessionConfig): string {
  return [tenantId, examSessionId, sittingId, exam.id].join(" ");
}
