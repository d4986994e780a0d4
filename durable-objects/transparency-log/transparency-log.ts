import { DurableObject } from "cloudflare:workers";
import type { TenantId } from "#domain/exam/ids.ts";
import type { AuditTrailRpc, TransparencyLogRpc } from "#protocol/transparency-log.ts";
import { type CheckpointSigner, checkpointSigner, type ExamSessionEnv } from "../exam-session/env.ts";
import { retryDelayMs } from "../exam-session/outbox.ts";
import { createLogStore, type LogStore, migrate } from "./log-store.ts";
import { HistoryChanged, step } from "./sequencer.ts";

type TransparencyLogEnv = Pick<ExamSessionEnv, "CHECKPOINT_SIGNING_KEY" | "CHECKPOINT_ORIGIN"> & {
  readonly AUDIT_TRAIL: AuditTrailRpc;
  readonly LOGS: R2Bucket;
};

/** From one checkpoint to the next, while there is something to sign. [L11] */
const intervalMs = 1_000;

/** One institution's transparency log: it takes the entries of the audit in and signs the tree. ./sequencer.ts is how. */
export class TransparencyLog extends DurableObject<TransparencyLogEnv> implements TransparencyLogRpc {
  readonly #store: LogStore;
  readonly #signer: CheckpointSigner;
  #failures = 0;

  constructor(ctx: DurableObjectState, env: TransparencyLogEnv) {
    super(ctx, env);
    migrate(ctx.storage);
    this.#store = createLogStore(ctx.storage);
    this.#signer = checkpointSigner(env);
  }

  async expect(tenantId: TenantId): Promise<void> {
    this.#store.belongTo(tenantId);
    const { storage } = this.ctx;
    if ((await storage.getAlarm()) === null) await storage.setAlarm(Date.now() + intervalMs);
  }

  override async alarm(): Promise<void> {
    const { storage } = this.ctx;
    const { AUDIT_TRAIL: trail, LOGS: bucket } = this.env;
    try {
      const isMore = await step({ storage, store: this.#store, trail, bucket, signer: this.#signer });
      this.#failures = 0;
      if (isMore) await storage.setAlarm(Date.now());
    } catch (error) {
      // The database, the bucket or the Worker is away, or somebody changed the past: it is tried again, and said each time.
      this.#failures += 1;
      const happening = error instanceof HistoryChanged ? "history-changed" : "step-failed";
      const reason = error instanceof Error ? error.message : "not an Error";
      console.error(JSON.stringify({ room: "transparency-log", happening, failures: this.#failures, error: reason }));
      await storage.setAlarm(Date.now() + retryDelayMs(this.#failures, Math.random()));
    }
  }
}
