import * as v from "valibot";

/** Speaks to the product's API as one member of staff: keeps the cookie, says the origin, parses what comes back. */
export type ApiClient = {
  request<Schema extends v.GenericSchema>(
    method: "GET" | "POST" | "PUT",
    path: string,
    body: unknown,
    answer: Schema,
  ): Promise<v.InferOutput<Schema>>;
};

/** Throws when the API refuses: what a tool asks for is meant to be possible. */
export async function signIn(origin: string, email: string, password: string): Promise<ApiClient> {
  const answer = await send(origin, "POST", "/v1/sign-in", { email, password }, null);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0])
    .join("; ");
  return {
    async request(method, path, body, schema) {
      const response = await send(origin, method, path, body, cookie);
      return v.parse(schema, await response.json());
    },
  };
}

async function send(
  origin: string,
  method: string,
  path: string,
  body: unknown,
  cookie: string | null,
): Promise<Response> {
  const headers = new Headers({ origin });
  if (cookie !== null) headers.set("cookie", cookie);
  if (body !== null) headers.set("content-type", "application/json");
  const response = await fetch(new URL(path, origin), {
    method,
    headers,
    ...(body === null ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${await response.text()}`);
  return response;
}
