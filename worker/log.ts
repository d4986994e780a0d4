import { DrizzleQueryError } from "drizzle-orm/errors";
import type { ProblemCode } from "#protocol/http/problem.ts";
import type { Way } from "#domain/attempt/take-over.ts";
import type { AttemptId, ExamSessionId, MemberId, TenantId } from "#domain/exam/ids.ts";
import type { Jurisdiction } from "#domain/exam/rooms.ts";

/** Everything that the front door logs. Ids and codes only: no answers, names, addresses, tokens or frames. */
export type LogEntry =
  | { readonly event: "environment-incomplete"; readonly requestId: string; readonly names: readonly string[] }
  | {
      readonly event: "request-failed";
      readonly requestId: string;
      readonly method: string;
      readonly route: string;
      readonly error: string;
      readonly stack: string | null;
    }
  | {
      readonly event: "request-refused";
      readonly requestId: string;
      readonly method: string;
      readonly route: string;
      readonly code: ProblemCode;
    }
  | {
      readonly event: "signed-in";
      readonly requestId: string;
      readonly tenantId: TenantId;
      readonly memberId: MemberId;
    }
  /** The institution's provider did not answer, or not as it was agreed; by the name of the error, which holds nothing sent. */
  | {
      readonly event: "single-sign-on-failed";
      readonly requestId: string;
      readonly tenantId: TenantId;
      readonly error: string;
    }
  /** Attempts that the service failed, of one room or (null) of all: in an hour it is asked for them again. */
  | {
      readonly event: "refund-failed";
      readonly tenantId: TenantId;
      readonly examSessionId: ExamSessionId | null;
      readonly error: string;
    }
  /** Somebody else had it too. The sign-in has ended. */
  | {
      readonly event: "refresh-token-reused";
      readonly requestId: string;
      readonly tenantId: TenantId;
      readonly memberId: MemberId;
    }
  | {
      readonly event: "checked-in" | "take-over";
      readonly requestId: string;
      readonly tenantId: TenantId;
      readonly attemptId: AttemptId;
      /** What the browser may do there. */
      readonly way: Way["kind"];
    }
  | {
      readonly event: "sfu-failed";
      readonly requestId: string;
      readonly kind: string;
      readonly status: number | null;
      readonly errorCode: string;
    }
  | {
      readonly event: "recording-changed";
      readonly requestId: string;
      readonly tenantId: TenantId;
      readonly attemptId: AttemptId;
      readonly segment: string;
    }
  | {
      readonly event: "log-not-told";
      readonly requestId: string;
      readonly tenantId: TenantId;
      readonly error: string;
    }
  /** Staff see the link as one that was never opened, until its candidate comes again. */
  | {
      readonly event: "opening-not-noted";
      readonly requestId: string;
      readonly tenantId: TenantId;
      readonly attemptId: AttemptId;
      readonly error: string;
    }
  /** What was to be sent out: it is tried again. */
  | { readonly event: "not-queued" | "not-sent"; readonly tenantId: TenantId; readonly error: string }
  /** It is left as it is, and the next run tries again. */
  | { readonly event: "retention-failed"; readonly tenantId: TenantId; readonly what: string; readonly error: string }
  /** Rooms that are to be bound to it are made without: the platform has no such place. Said once by each isolate. */
  | { readonly event: "jurisdiction-unavailable"; readonly jurisdiction: Jurisdiction }
  | {
      readonly event: "facts-without-attempt";
      readonly tenantId: TenantId;
      readonly examSessionId: ExamSessionId;
      readonly attemptId: AttemptId;
    };

const levels: Readonly<Record<LogEntry["event"], "info" | "warn" | "error">> = {
  "environment-incomplete": "error",
  "request-failed": "error",
  "request-refused": "info",
  "signed-in": "info",
  "refund-failed": "warn",
  "refresh-token-reused": "warn",
  "single-sign-on-failed": "warn",
  "opening-not-noted": "warn",
  "checked-in": "info",
  "take-over": "info",
  "sfu-failed": "warn",
  "recording-changed": "error",
  "log-not-told": "warn",
  "not-queued": "warn",
  "not-sent": "error",
  "retention-failed": "warn",
  "jurisdiction-unavailable": "warn",
  "facts-without-attempt": "warn",
};

/**
 * What may be logged of an error. A failed query's own message and stack repeat every value that was to be written (names,
 * answer keys, addresses): of it, the SQL with its placeholders and the database's reason are left, and the frames.
 */
export function faultOf(error: Error): { readonly error: string; readonly stack: string | null } {
  const isQuery = error instanceof DrizzleQueryError;
  const frames = error.stack?.split("\n").filter((line) => /^\s+at /.test(line)) ?? [];
  return {
    error: isQuery ? `${error.query}: ${error.cause?.message ?? "no reason given"}` : error.message,
    stack: frames.length === 0 ? null : frames.join("\n"),
  };
}

/** One line of JSON. */
export function log(entry: LogEntry): void {
  const level = levels[entry.event];
  console[level](JSON.stringify({ level, ...entry }));
}
