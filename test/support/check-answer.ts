import { type Schema, Validator } from "@cfworker/json-schema";

type Content = Readonly<Record<string, { readonly schema: Schema }>>;
type Operation = {
  readonly responses: Readonly<Record<string, { readonly content?: Content; readonly "x-codes"?: readonly string[] }>>;
};
export type ApiDocument = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Schema>>;
};

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
  const { valid, errors } = validatorOf(document, media.schema).validate(body);
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

/** One for each shape: most refusals have the same. */
function validatorOf({ components }: ApiDocument, schema: Schema): Validator {
  const name = JSON.stringify(schema);
  const known = validators.get(name);
  if (known !== undefined) return known;
  const made = new Validator({ ...schema, components }, "2020-12");
  validators.set(name, made);
  return made;
}

type Pattern = { readonly method: string; readonly path: string; readonly fits: RegExp; readonly operation: Operation };

const patterns = new WeakMap<ApiDocument, readonly Pattern[]>();

/** The operation that a path belongs to: of several, the one with the fewest places to fill. */
function operationOf(document: ApiDocument, method: string, pathname: string): Pattern | null {
  const all = patterns.get(document) ?? patternsOf(document);
  patterns.set(document, all);
  return all.find((one) => one.method === method && one.fits.test(pathname)) ?? null;
}

function patternsOf({ paths }: ApiDocument): readonly Pattern[] {
  const all = Object.entries(paths).flatMap(([path, operations]) => {
    const fits = new RegExp(
      `^${path
        .replaceAll(".", "\\.")
        .replaceAll("*", ".*")
        .replaceAll(/\{\w+\}/g, "[^/]+")}$`,
    );
    return Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      fits,
      operation,
    }));
  });
  return all.toSorted((one, other) => one.path.split("{").length - other.path.split("{").length);
}
