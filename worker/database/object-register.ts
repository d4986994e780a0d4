import { about, type Declared, type DeclaredColumns, plain } from "./declared.ts";

const live = "to hold the exam, to review and to explain its result";

/** [D12] Every table of the Durable Objects. What its columns hold is of one kind, or is named. */
export const durableTables: Readonly<Record<string, readonly DeclaredColumns[]>> = {
  "exam-session": [
    plain("the exam and the window of the room", "institution", live, "session", "key value"),
    about("everything that happened in an attempt", "answers", live, "events", "text is_fed"),
    plain(
      "places of events, and leaves of erased ones",
      "proof",
      "to prove that none was changed",
      "events",
      "position attempt_id seq leaf",
    ),
    about("the attempt as its events make it", "answers", live, "attempts", "snapshot snapshot_seq fold_version"),
    plain(
      "the tree of an attempt, and when it was erased",
      "proof",
      "to sign it",
      "attempts",
      "attempt_id tree_size frontier erased_at erased_why",
    ),
    about(
      "what was answered to each command",
      "answers",
      "to answer it once",
      "outcomes",
      "attempt_id author command_id outcome",
    ),
    about(
      "hashes and times of pieces of the recording",
      "answers",
      live,
      "segments",
      "attempt_id track run idx sha256 bytes starts_at ends_at",
    ),
    about(
      "facts on their way to the database",
      "hours",
      "to tell it",
      "outbox",
      "position attempt_id seq at fact by_actor",
    ),
    plain("proofs that a browser used up", "hours", "to take each once", "spent_proofs", "attempt_id id good_until"),
    plain("the version of the tables", "institution", "to change them", "schema_version", "version"),
  ],
  "transparency-log": [
    plain("the head of the log", "proof", "to sign it", "log", "only tenant_id log_id size last_leaf"),
    plain("the right edge of the tree", "proof", "to let it grow", "edge", "level hashes"),
    plain("leaves that fill no tile yet", "proof", "to let it grow", "bundle", "only leaves"),
    plain("tiles on their way to the bucket", "hours", "to publish them", "outgoing", "position path bytes"),
    plain("the version of the tables", "institution", "to change them", "schema_version", "version"),
  ],
  // Its keys and values, which are kept until the failures are too old to count.
  "sign-in-guard": [
    about(
      "failed sign-ins of an account or an address, by its hash",
      "hours",
      "to stop who guesses",
      "kv",
      "account address",
    ),
  ],
};

type DeclaredObjects = Declared & {
  readonly bucket: "RECORDINGS" | "LOGS";
  readonly name: RegExp;
  readonly written: string;
};

const folder = "[A-Za-z0-9_-]{1,64}/[A-Za-z0-9_-]{1,64}";

/** [D12] Every kind of object in the buckets, by its whole name. */
export const objectRegister: readonly DeclaredObjects[] = [
  {
    bucket: "RECORDINGS",
    written: "<tenant>/<attempt>/<track>/<run>/<index>",
    name: new RegExp(`^${folder}/(camera|screen)/\\d+/\\d+$`),
    holds: "camera, microphone and screen, encrypted",
    isPersonal: true,
    purpose: "to see what happened where a result is doubted",
    kept: "recordings",
  },
  {
    bucket: "RECORDINGS",
    written: "<tenant>/<attempt>/stills/<violation>/<source>/<sha256>",
    name: new RegExp(`^${folder}/stills/\\d+/(camera|screen)/[0-9a-f]{64}$`),
    holds: "pictures of violations, encrypted",
    isPersonal: true,
    purpose: "to decide whether a violation was one",
    kept: "snapshots",
  },
  {
    bucket: "RECORDINGS",
    written: "<tenant>/<attempt>/identity/<capture>/<sha256>",
    name: new RegExp(`^${folder}/identity/(face|document|room)/[0-9a-f]{64}$`),
    holds: "face, document and room before the exam, encrypted",
    isPersonal: true,
    purpose: "to know who sat the exam",
    kept: "identity",
  },
  ...(["recordings", "snapshots", "identity"] as const).map((kept): DeclaredObjects => {
    const place = { recordings: "", snapshots: "stills/", identity: "identity/" }[kept];
    return {
      bucket: "RECORDINGS",
      written: `<tenant>/<attempt>/${place}key`,
      name: new RegExp(`^${folder}/${place}key$`),
      holds: "the key of these, wrapped",
      isPersonal: false,
      purpose: "to read them; without it they are gone",
      kept,
    };
  }),
  {
    bucket: "LOGS",
    written: "logs/<name>/checkpoint and logs/<name>/tile/…",
    name: /^logs\/[0-9a-f]{32}\/(checkpoint|tile\/[0-9a-z/]+)$/,
    holds: "hashes of the audit's entries, and checkpoints over them",
    isPersonal: false,
    purpose: "to prove that none was changed",
    kept: "proof",
  },
];
