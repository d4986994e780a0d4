import { describe, expect, it } from "vitest";
import { partsOf, schemaWords } from "#client/api-reference/schema-words.ts";

describe("a schema in words", () => {
  it("says the kind, the limits and the choices", () => {
    expect(schemaWords({ type: "string", minLength: 1, maxLength: 200 })).toBe("string, 1 to 200 characters");
    expect(schemaWords({ type: "integer", minimum: 0 })).toBe("integer, at least 0");
    expect(schemaWords({ enum: ["eu", "us"], type: "string" })).toBe('"eu" or "us"');
    expect(schemaWords({ anyOf: [{ type: "number" }, { type: "null" }] })).toBe("number or null");
    expect(schemaWords({ type: "array", items: { $ref: "#/components/schemas/Key" }, maxItems: 5 })).toBe(
      "list of Key, at most 5",
    );
  });

  it("finds the fields behind names, lists and what may be null, and says which may be left out", () => {
    const name = { type: "string" };
    const named = { Key: { type: "object", properties: { name, note: name }, required: ["name"] } };
    const schema = { anyOf: [{ type: "array", items: { $ref: "#/components/schemas/Key" } }, { type: "null" }] };
    expect(partsOf(schema, named)).toEqual([
      ["name", name, true],
      ["note", name, false],
    ]);
  });
});
