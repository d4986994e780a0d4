import type { EpochMs } from "#domain/integrity/signal.ts";
import type { ReadModelRpc, SessionConfig } from "#protocol/session/rpc.ts";
import { log } from "./log.ts";
import { type Outbox, retryDelayMs } from "./outbox.ts";

/** A delivery that has not answered after this long is taken for lost, or the object that waited for its answer. */
const patienceMs = 15_000;

/**
 * Carries the outbox to the read model: in order, one delivery at a time, at least once. A failure costs nobody anything:
 * the rows stay and the alarm tries again.
 */
export function createDelivery(outbox: Pick<Outbox, "next" | "taken" | "isEmpty">, readModel: ReadModelRpc) {
  /** When the delivery under way began, and in which run: one that was given up may still end, and means nothing then. */
  let since: EpochMs | null = null;
  let latest = 0;
  let failures = 0;
  let retryAt: EpochMs | null = outbox.isEmpty() ? null : 0;

  return {
    /** When the alarm should call `run`, or null when nothing waits. */
    retryAt: () => retryAt,

    /** Called with the commit of new rows: an alarm stands behind them, for the object may end before they are taken. */
    standBehind(now: EpochMs): void {
      retryAt ??= now + patienceMs;
    },

    /**
     * Delivers until the outbox is empty or a delivery fails. While one is under way, or a failed one waits for its next
     * try, new rows wait with it. After a failure one row goes alone: it costs an outage little, and gets through where
     * many at once do not. Never throws.
     */
    async run({ tenantId, examSessionId }: SessionConfig): Promise<void> {
      const now = Date.now();
      if (since !== null) {
        if (now < since + patienceMs) return;
        failures += 1;
        log("outbox-unanswered", { examSessionId, failures });
      } else if (failures > 0 && retryAt !== null && now < retryAt) return;
      const run = (latest += 1);
      try {
        for (let next = outbox.next(failures > 0); next !== null; next = outbox.next(failures > 0)) {
          since = Date.now();
          retryAt = since + patienceMs;
          await readModel.take({ tenantId, examSessionId, rows: next.rows });
          if (run !== latest) return;
          outbox.taken(next.last);
          failures = 0;
        }
        retryAt = null;
      } catch (error) {
        if (run !== latest) return;
        // D1 or the Worker did not take it: an outage, a deployment, a limit. It is tried again.
        failures += 1;
        retryAt = Date.now() + retryDelayMs(failures, Math.random());
        log("outbox-failed", { examSessionId, failures }, error);
      } finally {
        if (run === latest) since = null;
      }
    },
  };
}

export type Delivery = ReturnType<typeof createDelivery>;
