/** Each entry brings the tables one version on. An entry that has landed is never edited: a change is a new entry. */
const versions: readonly string[] = [
  `
  CREATE TABLE session (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    attempt_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (attempt_id, seq)
  ) STRICT;
  CREATE TABLE attempts (
    attempt_id TEXT PRIMARY KEY,
    tree_size INTEGER NOT NULL,
    frontier BLOB NOT NULL,
    fold_version INTEGER NOT NULL,
    snapshot_seq INTEGER NOT NULL,
    snapshot TEXT NOT NULL
  ) STRICT;
  CREATE TABLE outcomes (
    attempt_id TEXT NOT NULL,
    author TEXT NOT NULL,
    command_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    PRIMARY KEY (attempt_id, author, command_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE segments (
    attempt_id TEXT NOT NULL,
    track TEXT NOT NULL,
    run INTEGER NOT NULL,
    idx INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    PRIMARY KEY (attempt_id, track, run, idx)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    attempt_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    fact TEXT NOT NULL
  ) STRICT;
  `,
  // Most events are stored segments. Searched by their text, 300,000 of them held up a room for half a second whenever a
  // console opened.
  `
  ALTER TABLE events ADD COLUMN is_fed INTEGER NOT NULL DEFAULT 0;
  UPDATE events SET is_fed = 1 WHERE json_extract(text, '$.fact.type') IN (
    'consentGiven', 'admissionRequested', 'admitted', 'denied', 'paperOpened', 'timeGiven', 'signalEnded', 'violationNoted',
    'warned', 'warningAcknowledged', 'messageSent', 'paused', 'resumed', 'handedIn', 'terminated'
  );
  CREATE INDEX events_fed ON events (position) WHERE is_fed = 1;
  `,
  // The audit says who did it. Rows of before are told without.
  `
  ALTER TABLE outbox ADD COLUMN by_actor TEXT;
  `,
  `
  CREATE TABLE spent_proofs (
    attempt_id TEXT NOT NULL,
    id TEXT NOT NULL,
    good_until INTEGER NOT NULL,
    PRIMARY KEY (attempt_id, id)
  ) STRICT, WITHOUT ROWID;
  `,
  // Of an attempt whose events were erased their leaves are left, when that was, and why.
  `
  ALTER TABLE events ADD COLUMN leaf BLOB;
  ALTER TABLE attempts ADD COLUMN erased_at INTEGER;
  ALTER TABLE attempts ADD COLUMN erased_why TEXT;
  `,
];

/** Brings the object's tables to the newest version. Runs in the constructor, before anything else can. */
export function migrate(storage: DurableObjectStorage): void {
  storage.sql.exec("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL) STRICT");
  const current =
    storage.sql.exec<{ version: number }>("SELECT version FROM schema_version").toArray()[0]?.version ?? 0;
  if (current === versions.length) return;
  storage.transactionSync(() => {
    for (const statements of versions.slice(current)) storage.sql.exec(statements);
    storage.sql.exec("DELETE FROM schema_version");
    storage.sql.exec("INSERT INTO schema_version (version) VALUES (?)", versions.length);
  });
}
