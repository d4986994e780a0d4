import * as v from "valibot";

/** A schema of the document, as far as the page shows it. */
export type SchemaNode = {
  readonly $ref?: string | undefined;
  readonly type?: string | undefined;
  readonly description?: string | undefined;
  readonly format?: string | undefined;
  readonly pattern?: string | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly const?: unknown;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly properties?: Readonly<Record<string, SchemaNode>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly items?: SchemaNode | undefined;
  readonly anyOf?: readonly SchemaNode[] | undefined;
  readonly oneOf?: readonly SchemaNode[] | undefined;
};

const number = v.optional(v.number());
const schemaNode: v.GenericSchema<unknown, SchemaNode> = v.lazy(() =>
  v.object({
    $ref: v.optional(v.string()),
    type: v.optional(v.string()),
    description: v.optional(v.string()),
    format: v.optional(v.string()),
    pattern: v.optional(v.string()),
    enum: v.optional(v.array(v.unknown())),
    const: v.optional(v.unknown()),
    minimum: number,
    maximum: number,
    minLength: number,
    maxLength: number,
    minItems: number,
    maxItems: number,
    properties: v.optional(v.record(v.string(), schemaNode)),
    required: v.optional(v.array(v.string())),
    items: v.optional(schemaNode),
    anyOf: v.optional(v.array(schemaNode)),
    oneOf: v.optional(v.array(schemaNode)),
  }),
);

const content = v.optional(v.record(v.string(), v.object({ schema: schemaNode })));
const operationSchema = v.object({
  operationId: v.string(),
  summary: v.string(),
  tags: v.array(v.string()),
  parameters: v.optional(
    v.array(
      v.object({
        in: v.string(),
        name: v.string(),
        required: v.optional(v.boolean(), false),
        description: v.optional(v.string()),
        schema: schemaNode,
      }),
    ),
    [],
  ),
  requestBody: v.optional(v.object({ content })),
  responses: v.record(v.string(), v.object({ description: v.string(), content })),
  security: v.array(v.record(v.string(), v.unknown())),
  "x-permissions": v.optional(v.array(v.string()), []),
});
export type Operation = v.InferOutput<typeof operationSchema>;

/** What the page reads of /openapi.json. */
export const apiDocumentSchema = v.object({
  info: v.object({ title: v.string(), description: v.string() }),
  paths: v.record(v.string(), v.record(v.string(), operationSchema)),
  components: v.object({ schemas: v.record(v.string(), schemaNode) }),
});
export type ApiDocument = v.InferOutput<typeof apiDocumentSchema>;

export type Endpoint = { readonly method: string; readonly path: string; readonly operation: Operation };

/** Every operation, by its first tag, in the order of the document. `words`: all of them are in what is shown of it. */
export function endpointsByTag(
  { paths }: ApiDocument,
  words: string,
): readonly (readonly [string, readonly Endpoint[]])[] {
  const wanted = words.toLowerCase().split(/\s+/);
  const endpoints = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  const found = endpoints.filter(({ method, path, operation: { summary, tags } }) => {
    const text = `${method} ${path} ${summary} ${tags.join(" ")}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
  return [...Map.groupBy(found, ({ operation }) => operation.tags[0] ?? "Others")];
}
