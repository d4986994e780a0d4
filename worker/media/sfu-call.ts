import * as v from "valibot";

/** An app of the SFU. The secret leaves the Worker only in the SFU's own Authorization header. */
export type SfuAddress = {
  /** Up to and with the version, with no slash at the end: `https://rtc.live.cloudflare.com/v1`. */
  readonly baseUrl: string;
  readonly appId: string;
  readonly appSecret: string;
};

/**
 * Why a call as a whole did not work.
 * `session-gone`: the session ended or expired; a new one is needed.
 * `conflict`: another change of that session is under way, or a description is not the one that is waited for.
 * `not-connected`: the session's browser has not connected yet.
 * `rejected`: the SFU will not take this request, or not this app and secret.
 * `unavailable`: it is busy, broken, out of reach, too slow, or answered what is not its API.
 */
export type SfuFaultKind = "session-gone" | "conflict" | "not-connected" | "rejected" | "unavailable";

export type SfuFault = {
  readonly kind: SfuFaultKind;
  /** HTTP status, null when there was no answer. */
  readonly status: number | null;
  /** The SFU's own code, or a word of ours when it gave none. Never its text, which may echo what was sent. */
  readonly errorCode: string;
  /** Whether the very same call may work a little later. */
  readonly retryable: boolean;
};

export type SfuResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly fault: SfuFault };

export type SfuCall = {
  readonly method: "POST" | "PUT";
  /** Below the app. */
  readonly path: string;
  readonly body: object | null;
  /** Whether doing it twice is the same as doing it once, so that a lost answer may be asked for again. */
  readonly mayRepeat: boolean;
};

/** The SFU itself waits up to 5 s for a connection or for a publisher's media before it answers. */
const patienceMs = 10_000;
const attempts = 3;
const firstPauseMs = 150;

/** Codes with which the SFU says that it did nothing, so that any call may be made again. */
const nothingDone: ReadonlySet<string> = new Set(["retryable_transient_error", "temporarily_unavailable_error"]);

const errorBody = v.object({ errorCode: v.pipe(v.string(), v.regex(/^[a-z_]{1,64}$/)) });

/** One call of the SFU's HTTPS API, made again where that is safe. Faults are values; nothing is thrown for them. */
export async function callSfu<Value>(
  sfu: SfuAddress,
  call: SfuCall,
  schema: v.GenericSchema<unknown, Value>,
): Promise<SfuResult<Value>> {
  for (let attempt = 1; ; attempt += 1) {
    const result = await callOnce(sfu, call, schema);
    if (result.ok || attempt === attempts || !isSafeToRepeat(call, result.fault)) return result;
    await pause(firstPauseMs * 2 ** (attempt - 1) * (0.5 + Math.random()));
  }
}

function isSafeToRepeat(call: SfuCall, fault: SfuFault): boolean {
  if (fault.kind !== "unavailable" || !fault.retryable) return false;
  return call.mayRepeat || fault.status === 429 || nothingDone.has(fault.errorCode);
}

async function callOnce<Value>(
  sfu: SfuAddress,
  { method, path, body }: SfuCall,
  schema: v.GenericSchema<unknown, Value>,
): Promise<SfuResult<Value>> {
  let status: number;
  let reply: unknown;
  try {
    const response = await fetch(`${sfu.baseUrl}/apps/${encodeURIComponent(sfu.appId)}${path}`, {
      method,
      headers: { authorization: `Bearer ${sfu.appSecret}`, "content-type": "application/json" },
      body: body === null ? null : JSON.stringify(body),
      // A redirect would carry the secret to wherever it points; "manual" makes it an answer that is refused below.
      redirect: "manual",
      signal: AbortSignal.timeout(patienceMs),
    });
    status = response.status;
    reply = await readJson(response);
  } catch (error) {
    // Out of reach, a broken connection, or the timeout above.
    const isTimeout = error instanceof Error && error.name === "TimeoutError";
    return failed("unavailable", null, isTimeout ? "timeout" : "unreachable", true);
  }
  const refused = v.safeParse(errorBody, reply);
  const isSuccess = status >= 200 && status < 300;
  if (!isSuccess || refused.success) return readFault(status, refused.success ? refused.output.errorCode : "unnamed");
  const parsed = v.safeParse(schema, reply);
  return parsed.success ? { ok: true, value: parsed.output } : failed("unavailable", status, "unreadable", false);
}

/** Undefined for what is not JSON: a proxy's error page, or an empty body. */
async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    // Only ever a SyntaxError.
    return undefined;
  }
}

function readFault(status: number, errorCode: string): SfuResult<never> {
  if (status === 410) return failed("session-gone", status, errorCode, false);
  if (status === 425) return failed("not-connected", status, errorCode, true);
  if (status === 406 || status === 409) return failed("conflict", status, errorCode, false);
  if (status === 429 || status >= 500 || nothingDone.has(errorCode)) {
    return failed("unavailable", status, errorCode, true);
  }
  return failed("rejected", status, errorCode, false);
}

function failed(kind: SfuFaultKind, status: number | null, errorCode: string, retryable: boolean): SfuResult<never> {
  return { ok: false, fault: { kind, status, errorCode, retryable } };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
