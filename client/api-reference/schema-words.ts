import type { SchemaNode } from "./api-document.ts";

/** A schema in one line: `string, 1 to 200 characters`, `list of Registration`, `number or null`. */
export function schemaWords(schema: SchemaNode): string {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return [...new Set(choices.map(schemaWords))].join(" or ");
  if (schema.$ref !== undefined) return nameOf(schema.$ref);
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(" or ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.type === "array") {
    const many = bounds(schema.minItems, schema.maxItems);
    return `list of ${schema.items === undefined ? "anything" : schemaWords(schema.items)}${many === "" ? "" : `, ${many}`}`;
  }
  const limits = [
    schema.format ?? "",
    withUnit(bounds(schema.minLength, schema.maxLength), "characters"),
    bounds(schema.minimum, schema.maximum),
    schema.pattern === undefined ? "" : `like ${schema.pattern}`,
  ];
  return [schema.type ?? "anything", ...limits.filter((limit) => limit !== "")].join(", ");
}

function nameOf(reference: string): string {
  return reference.slice(reference.lastIndexOf("/") + 1);
}

/** The properties of what a schema says, through references, lists and "or null". */
export function partsOf(
  schema: SchemaNode,
  named: Readonly<Record<string, SchemaNode>>,
): readonly (readonly [name: string, schema: SchemaNode, isRequired: boolean])[] {
  if (schema.$ref !== undefined) return partsOf(named[nameOf(schema.$ref)] ?? {}, named);
  if (schema.items !== undefined) return partsOf(schema.items, named);
  if (schema.properties !== undefined) {
    const required = new Set(schema.required);
    return Object.entries(schema.properties).map(([name, part]) => [name, part, required.has(name)]);
  }
  const some = (schema.anyOf ?? schema.oneOf ?? []).filter(({ type }) => type !== "null");
  return some.length === 1 && some[0] !== undefined ? partsOf(some[0], named) : [];
}

function bounds(least: number | undefined, most: number | undefined): string {
  if (least === undefined && most === undefined) return "";
  if (least === undefined) return `at most ${most}`;
  return most === undefined ? `at least ${least}` : `${least} to ${most}`;
}

function withUnit(text: string, unit: string): string {
  return text === "" ? "" : `${text} ${unit}`;
}
