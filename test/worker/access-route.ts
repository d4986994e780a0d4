import type { AuditEntry } from "#protocol/audit.ts";
import { brand, type ExamSessionId } from "#domain/exam/ids.ts";
import { type Role, roles } from "#domain/access/permission.ts";
import type { Problem } from "#protocol/http/problem.ts";
import type { DeliveryList, WebhookSecret } from "#protocol/http/webhook.ts";
import {
  call,
  databaseOf,
  env,
  jsonOf,
  lin,
  noor,
  olu,
  type Person,
  problemOf,
  rosa,
  ruth,
  staffCookie,
} from "#test/support/school.ts";

/** Who may call a route, and with what body. */
export type Rule =
  | { readonly for: "everybody" }
  /** Good for whoever holds the token in the path. */
  | { readonly for: "token" }
  | { readonly for: "candidate"; readonly body?: unknown }
  /** Whoever has the operator's key, and no member of an institution. */
  | { readonly for: "operator" }
  | StaffRule;

/** Members who have one of these roles. */
export type StaffRule = {
  readonly for: readonly Role[];
  readonly body?: (ids: Ids) => unknown;
  readonly assigned?: true;
  readonly own?: true;
  /** Not for keys. */
  readonly person?: true;
};

export const hash = "0".repeat(64);

/** What the places in an address are filled with. */
export type Ids = Readonly<
  Record<
    | "memberId"
    | "passkeyId"
    | "roleId"
    | "signInId"
    | "keyId"
    | "examId"
    | "examVersionId"
    | "sittingId"
    | "registrationId"
    | "attemptId"
    | "holdId"
    | "candidateId"
    | "webhookId"
    | "deliveryId",
    string
  >
> & {
  readonly examSessionId: ExamSessionId;
  readonly number: string;
  readonly viewer: string;
  readonly token: string;
};

export const nowhere: Ids = {
  memberId: "nowhere",
  roleId: "nowhere",
  signInId: "nowhere",
  passkeyId: "nowhere",
  keyId: "nowhere",
  examId: "nowhere",
  examVersionId: "nowhere",
  sittingId: "nowhere",
  registrationId: "nowhere",
  attemptId: "nowhere",
  holdId: "nowhere",
  candidateId: "nowhere",
  webhookId: "nowhere",
  deliveryId: "nowhere",
  examSessionId: brand<ExamSessionId>("nowhere"),
  /** Of an entry of the audit: every institution counts its own. */
  number: "nowhere",
  viewer: "nothing.like.this",
  token: "nothing.like.this",
};

export const webhook = { url: "https://receiver.example/", events: ["sitting.scheduled"] };

/** A webhook of the school of the north, and what was sent to it, which may be sent again. */
export async function testedWebhook(): Promise<Pick<Ids, "webhookId" | "deliveryId">> {
  const cookie = await staffCookie(rosa);
  const { id } = await jsonOf<WebhookSecret>(await call("POST", "/v1/webhooks", { cookie, body: webhook }));
  await call("POST", `/v1/webhooks/${id}/test`, { cookie });
  await databaseOf(rosa).prepare("update webhook_deliveries set status = 'delivered'").run();
  const path = `/v1/webhooks/${id}/deliveries`;
  const { deliveries } = await jsonOf<DeliveryList>(await call("GET", path, { cookie }));
  return { webhookId: id, deliveryId: deliveries[0]?.id ?? "nowhere" };
}

function pathOf(route: string, ids: Ids): string {
  const ordinals = { run: "0", index: "0", violation: "1", number: ids.number };
  const names = { track: "camera", source: "camera", capture: "face", sha256: hash };
  const place: Readonly<Record<string, string>> = { ...ids, ...ordinals, ...names };
  const path = route.slice(route.indexOf(" ") + 1).replaceAll(/:(\w+)/g, (_, name: string) => place[name] ?? "missing");
  return route === "GET /v1/members" ? `${path}?may=proctor` : path;
}

export type By = { readonly cookie: string } | { readonly key: string } | null;

/** Calls the route with a body that is good for it. `by`: a cookie alone is its text. `accept`: what is preferred over JSON. */
export async function askRoute(
  route: string,
  rule: Rule | undefined,
  ids: Ids,
  by: string | By,
  accept?: string,
): Promise<Response> {
  const body = rule !== undefined && "body" in rule ? bodyOf(rule, ids) : undefined;
  const method = route.slice(0, route.indexOf(" "));
  const headers = {
    ...(route.endsWith("/socket") ? { upgrade: "websocket" } : {}),
    ...(accept === undefined ? {} : { accept }),
  };
  const response = await call(method, pathOf(route, ids), {
    headers,
    ...(typeof by === "string" ? { cookie: by } : by),
    body,
  });
  // A socket that was let in is of no more use here.
  response.webSocket?.accept();
  response.webSocket?.close();
  return response;
}

function bodyOf(rule: Extract<Rule, { body?: unknown }>, ids: Ids): unknown {
  return typeof rule.body === "function" ? rule.body(ids) : rule.body;
}

/** What a stranger could tell answers apart by. */
export async function outside(response: Response): Promise<Omit<Problem, "requestId">> {
  const { requestId: _, ...rest } = await problemOf(response);
  return rest;
}

/** One person who has the role and no other, except that of the one who has them all in another school. */
export const holders: Readonly<Record<Role, Person>> = {
  admin: rosa,
  author: noor,
  proctor: lin,
  reviewer: ruth,
  auditor: olu,
};

/** What the audit has of somebody, oldest first. */
export async function entriesBy({ tenantId, id }: Person): Promise<readonly AuditEntry[]> {
  const statement = databaseOf({ tenantId }).prepare(
    "select entry from audit_entries where tenant_id = ? and actor = ? order by seq",
  );
  const { results } = await statement.bind(tenantId, id).all<{ entry: string }>();
  return results.map(({ entry }) => JSON.parse(entry) as AuditEntry);
}

/** Gives somebody every role that there is. */
export async function holdEverything({ tenantId, id }: Person): Promise<void> {
  const database = databaseOf({ tenantId });
  const give = database.prepare("insert or ignore into member_roles (tenant_id, member_id, role) values (?, ?, ?)");
  await database.batch(roles.map((role) => give.bind(tenantId, id, role)));
}

/** Each of them has a passkey, by this id. */
export function passkeyIdOf({ id }: Person): string {
  return `passkey-of-${id}`;
}

export function passkeyOf(one: Person): D1PreparedStatement {
  const insert = env.DB.prepare(
    "insert into passkeys (tenant_id, id, member_id, credential_id, user_handle, public_key, counter, name, created_at) values (?, ?, ?, ?, '', '', 0, '', 0)",
  );
  return insert.bind(one.tenantId, passkeyIdOf(one), one.id, passkeyIdOf(one));
}
