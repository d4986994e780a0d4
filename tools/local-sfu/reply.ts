/** What an API call is answered with. Errors have the shape that Cloudflare's API gives them. */
export type Reply = { readonly status: number; readonly body: object };

export type ErrorCode =
  | "unauthorized"
  | "not_found"
  | "decoding_error"
  | "invalid_params"
  | "payload_too_large"
  | "session_error"
  | "invalid_session_description"
  | "not_found_track_error"
  | "empty_track_error"
  | "repeated_local_track_error"
  | "update_track_error"
  | "close_track_error"
  | "internal_error";

/** The failure of one track within a call that is answered with 200. */
export type ItemError = { readonly errorCode: ErrorCode; readonly errorDescription: string };

/** A call that is refused as a whole. */
export type Refusal = { readonly status: number } & ItemError;

export function refusal(status: number, errorCode: ErrorCode, errorDescription: string): Refusal {
  return { status, errorCode, errorDescription };
}

export function refusalReply({ status, errorCode, errorDescription }: Refusal): Reply {
  return { status, body: { errorCode, errorDescription } };
}

export function itemError(errorCode: ErrorCode, errorDescription: string): ItemError {
  return { errorCode, errorDescription };
}

export function isRefusal(value: object): value is Refusal {
  return "errorCode" in value && "status" in value;
}
