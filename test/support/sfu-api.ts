/** The calls of the SFU's API that the tests make, as the Worker would make them. */

export type Description = { readonly type: "offer" | "answer"; readonly sdp: string };

export type TrackResult = {
  readonly mid: string;
  readonly trackName?: string;
  readonly sessionId?: string;
  readonly status?: string;
  readonly errorCode?: string;
  readonly errorDescription?: string;
};

export type SfuReply = {
  readonly sessionId?: string;
  readonly requiresImmediateRenegotiation?: boolean;
  readonly sessionDescription?: Description;
  readonly tracks?: readonly TrackResult[];
  readonly iceServers?: readonly unknown[];
  readonly errorCode?: string;
  readonly errorDescription?: string;
};

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
  return { status: response.status, body: (await response.json()) as SfuReply };
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
