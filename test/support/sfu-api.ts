import * as v from "valibot";

/** The calls of the SFU's API that the tests make, as the Worker would make them. */

const Description = v.object({ type: v.picklist(["offer", "answer"]), sdp: v.string() });

const TrackResult = v.looseObject({
  mid: v.string(),
  status: v.optional(v.string()),
  errorCode: v.optional(v.string()),
  errorDescription: v.optional(v.string()),
});

/** Loose, so that a test that compares the whole of a reply sees what should not be there. */
const SfuReply = v.looseObject({
  sessionId: v.optional(v.string()),
  requiresImmediateRenegotiation: v.optional(v.boolean()),
  sessionDescription: v.optional(Description),
  tracks: v.optional(v.array(TrackResult)),
  errorCode: v.optional(v.string()),
  errorDescription: v.optional(v.string()),
});

export type Description = v.InferOutput<typeof Description>;
export type SfuReply = v.InferOutput<typeof SfuReply>;

export type SfuAddress = { readonly url: string; readonly appId: string; readonly appSecret: string };

/** One call below `/v1`. `body` is sent as JSON, or as it is if it is a string already. */
export async function callSfu(
  { url, appSecret }: Pick<SfuAddress, "url" | "appSecret">,
  method: "GET" | "POST" | "PUT",
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly body: SfuReply }> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${appSecret}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: v.parse(SfuReply, await response.json()) };
}

/** A new session, and a way to call its operations. */
export async function openSfuSession(sfu: SfuAddress) {
  const sessions = `/apps/${sfu.appId}/sessions`;
  const { body } = await callSfu(sfu, "POST", `${sessions}/new`);
  const { sessionId } = body;
  if (sessionId === undefined) throw new Error(`no session: ${body.errorDescription}`);
  return {
    sessionId,
    call: (method: "GET" | "POST" | "PUT", operation: string, request?: unknown) =>
      callSfu(sfu, method, `${sessions}/${sessionId}${operation}`, request),
  };
}

export type SfuSession = Awaited<ReturnType<typeof openSfuSession>>;
