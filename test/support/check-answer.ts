import { type Schema, Validator } from "@cfworker/json-schema";

type Content = Readonly<Record<string, { readonly schema: Schema }>>;
type Operation = {
  readonly responses: Readonly<Record<string, { readonly content?: Content; readonly "x-codes"?: readonly string[] }>>;
};
export type ApiDocument = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Schema>>;
};

type Described = { readonly document: ApiDocument; readonly path: string; readonly operation: Operation };

/**
 * Throws where an answer is not as /openapi.json says that this route answers: its status, the type of its body, the shape
 * of it, and the code of a refusal. What no route of the API answers, pages for one, is let by.
 */
export async function checkAnswer(
  document: ApiDocument,
  method: string,
  address: string,
  answer: Response,
): Promise<void> {
  const described = operationOf(document, method, new URL(address).pathname);
  if (described === null) return;
  const name = `${method} ${described.path} answered ${answer.status}`;
  const response = described.operation.responses[String(answer.status)];
  if (response === undefined) throw new Error(`${name}, which is not described: ${await textOf(answer)}`);
  if (answer.status === 101) return;
  const [type = ""] = (answer.headers.get("content-type") ?? "").split(";");
  if (response.content === undefined) {
    if ((await textOf(answer)) !== "") throw new Error(`${name} with a body that is not described`);
    return;
  }
  const media = response.content[type] ?? response.content[type.replace(/\/.*/, "/*")];
  if (media === undefined) throw new Error(`${name} with ${type}, which is not described`);
  if (!/^application\/(.+\+)?json$/.test(type)) return;
  const body: unknown = JSON.parse(await textOf(answer));
  const { valid, errors } = validatorOf(described, String(answer.status), type, media.schema).validate(body);
  if (!valid) {
    const faults = errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`).slice(0, 5);
    throw new Error(`${name} with a body that is not as described: ${faults.join("; ")}`);
  }
  const { "x-codes": codes } = response;
  const { code } = body as { readonly code?: string };
  if (codes !== undefined && !codes.includes(code ?? "")) {
    throw new Error(`${name} with ${code}, which is not among ${codes.join(", ")}`);
  }
}

function textOf(answer: Response): Promise<string> {
  return answer.clone().text();
}

const validators = new Map<string, Validator>();

function validatorOf({ document, path, operation }: Described, status: string, type: string, schema: Schema) {
  const name = `${Object.entries(document.paths[path] ?? {}).find(([, one]) => one === operation)?.[0]} ${path} ${status} ${type}`;
  const known = validators.get(name);
  if (known !== undefined) return known;
  const made = new Validator({ ...schema, components: document.components }, "2020-12");
  validators.set(name, made);
  return made;
}

/** The operation that a path belongs to: of several, the one with the fewest places to fill. */
function operationOf(document: ApiDocument, method: string, pathname: string): Described | null {
  const fitting = Object.keys(document.paths).filter(
    (path) => patternOf(path).test(pathname) && document.paths[path]?.[method.toLowerCase()] !== undefined,
  );
  const [path] = fitting.toSorted((one, other) => one.split("{").length - other.split("{").length);
  const operation = path === undefined ? undefined : document.paths[path]?.[method.toLowerCase()];
  return path === undefined || operation === undefined ? null : { document, path, operation };
}

function patternOf(path: string): RegExp {
  return new RegExp(
    `^${path
      .replaceAll(".", "\\.")
      .replaceAll("*", ".*")
      .replaceAll(/\{\w+\}/g, "[^/]+")}$`,
  );
}
