import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeBase64, encodeBase64 } from "#domain/evidence/base64.ts";
import { encodeUtf8 } from "#domain/evidence/utf8.ts";
import { hex } from "./hash.ts";

describe("text as bytes", () => {
  test("[E11] text becomes the bytes that every platform makes of it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(hex(encodeUtf8(text))).toBe(hex(new TextEncoder().encode(text)));
      }),
    );
  });

  test.each([
    "",
    "A",
    "é",
    "€",
    "😀",
    "\u0000",
    "\u007f\u0080\u07ff\u0800\uffff\u{10000}\u{10ffff}",
    "\ud800",
    "a\udc00b",
    "\udc00\ud800",
  ])("[E11] %j becomes the bytes that every platform makes of it", (text) => {
    expect(hex(encodeUtf8(text))).toBe(hex(new TextEncoder().encode(text)));
  });

  // RFC 4648, section 10.
  test.each([
    { text: "", base64: "" },
    { text: "f", base64: "Zg==" },
    { text: "fo", base64: "Zm8=" },
    { text: "foo", base64: "Zm9v" },
    { text: "foob", base64: "Zm9vYg==" },
    { text: "fooba", base64: "Zm9vYmE=" },
    { text: "foobar", base64: "Zm9vYmFy" },
  ])("[E12] the base64 of $text is $base64", ({ text, base64 }) => {
    expect(encodeBase64(encodeUtf8(text))).toBe(base64);
    expect(decodeBase64(base64)).toEqual(encodeUtf8(text));
  });

  test("[E12] any bytes come back from their base64, which is everyone's", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
        expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes);
      }),
    );
  });

  test.each(["Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm9v\n", " Zm9v", "Zm-_", "=", "Zg==Zg==", "Zm9vé"])(
    "[E12] %j is not base64",
    (text) => {
      expect(decodeBase64(text)).toBeNull();
    },
  );
});
