import type { SQL } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import { drizzle } from "drizzle-orm/d1";
import type { Context } from "hono";
import { brand, type KeyId, type MemberId, type TenantId } from "#domain/exam/ids.ts";
import type { AuditDetails, AuditEntry, AuditKind, AuditSubject, AuditWho } from "#protocol/audit.ts";
import { auditStatement } from "../database/audit-statement.ts";
import { requestIdOf } from "../problem.ts";

export type Act = { readonly kind: AuditKind; readonly on: AuditSubject | null; readonly details?: AuditDetails };

/** What enters acts in an institution's audit. A writer of the database cannot be made without one, so that no change goes unsaid. */
export type Entering = {
  readonly tenantId: TenantId;
  /**
   * The statement that enters the act in the audit: it belongs into the batch of the change itself. [L3] `when`: only
   * then, as SQL; `isDone` is for the statement right after the change.
   */
  enter(act: Act, when?: SQL): BatchItem<"sqlite">;
  /** The same for several: `when` says for which of them, as SQL over the id of what it was done on, `value ->> 'on'`. */
  enterEach(acts: readonly Act[], when?: SQL): BatchItem<"sqlite">;
  /** Says that nothing was done after all, so that nothing is entered. */
  enterNothing(): void;
  /** Enters what changes nothing in the database. */
  enterNow(act: Act): Promise<void>;
  /** Whether such a statement was made: if not, the front door enters the act itself. */
  hasEntered(): boolean;
};

/** The member who acts in this request. */
export type Acting = Entering & { readonly memberId: MemberId };

/** The member as the actor of this request, themselves or by a key. */
export function actingOf(
  c: Context,
  database: D1Database,
  { tenantId, memberId }: { readonly tenantId: TenantId; readonly memberId: MemberId },
): Acting {
  return { ...enteringOf(c, database, tenantId, whoOf(c, memberId)), memberId };
}

/** The operator of the installation as the actor of this request. */
export function operatorIn(c: Context, database: D1Database, tenantId: TenantId): Entering {
  return enteringOf(c, database, tenantId, { kind: "operator" });
}

function enteringOf(c: Context, database: D1Database, tenantId: TenantId, who: AuditWho): Entering {
  let hasEntered = false;
  function enterEach(acts: readonly Act[], when?: SQL): BatchItem<"sqlite"> {
    hasEntered = true;
    c.set("auditedTenant", tenantId);
    const entries = acts.map((act) => ({ source: null, entry: entryOf(c, who, act) }));
    return auditStatement(database, tenantId, entries, when);
  }
  const enter = (act: Act, when?: SQL) => enterEach([act], when);
  return {
    tenantId,
    enter,
    enterEach,
    enterNothing() {
      hasEntered = true;
    },
    async enterNow(act) {
      await drizzle(database).batch([enter(act)]);
    },
    hasEntered: () => hasEntered,
  };
}

/** The act as an entry. */
export function entryOf(c: Context, who: AuditWho, { kind, on, details = {} }: Act): AuditEntry {
  return {
    at: Date.now(),
    kind,
    who,
    on,
    // Written by the platform's edge; what else says where a request comes from, its sender can make up.
    from: c.req.header("cf-connecting-ip") ?? null,
    requestId: requestIdOf(c),
    details,
  };
}

/** The key by which it is done, where it is by one. [K26] */
function whoOf(c: Context, memberId: MemberId): AuditWho {
  const keyId: unknown = c.get("keyId");
  if (typeof keyId !== "string") return { kind: "member", id: memberId };
  return { kind: "key", id: brand<KeyId>(keyId), memberId };
}
