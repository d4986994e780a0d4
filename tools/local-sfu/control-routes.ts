import { parse, type ApiCall } from "./api-routes.ts";
import { refusal, refusalReply, type Reply } from "./reply.ts";
import { Loss, PlannedFailures } from "./request-body.ts";
import type { LocalSfuControl } from "./local-sfu.ts";

/** Levers for tests in another process, by the paths below `/__control`. Nothing of the product may call them. */
export async function answerControlCall(control: LocalSfuControl, call: ApiCall): Promise<Reply> {
  const [, sessionId] = /^\/sessions\/([^/]+)\/kill$/.exec(call.path) ?? [];
  if (sessionId !== undefined && call.method === "POST") {
    return control.killSession(sessionId) ? done() : refusalReply(refusal(410, "session_error", "No such session"));
  }
  switch (`${call.method} ${call.path}`) {
    case "GET /stats":
      return { status: 200, body: control.stats() };
    case "POST /fail": {
      const request = parse(PlannedFailures, call.body);
      if (!request.ok) return request.reply;
      control.failNext(request.value);
      return done();
    }
    case "POST /loss": {
      const request = parse(Loss, call.body);
      if (!request.ok) return request.reply;
      control.setLossPercent(request.value.percent);
      return done();
    }
    default:
      return refusalReply(refusal(404, "not_found", "No such control"));
  }
}

function done(): Reply {
  return { status: 200, body: {} };
}
