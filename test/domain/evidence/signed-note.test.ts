import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { describe, expect, test } from "vitest";
import { keyIdOf, parseNote, signaturesBy, signedNote } from "#domain/evidence/signed-note.ts";
import type { Note } from "#domain/evidence/signed-note.ts";
import { encodeUtf8 } from "#domain/evidence/utf8.ts";
import { fromBase64, fromHex, hex, sha256 } from "./hash.ts";

/** The note of the documentation of Go's golang.org/x/mod/sumdb/note. */
const neumann = {
  keyName: "PeterNeumann",
  keyId: "c74f20a3",
  publicKey: fromBase64("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").slice(1),
  seed: fromBase64("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz").slice(1),
  body: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
  signatureLine:
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
};

/** The example at the end of https://c2sp.org/signed-note. */
const c2sp = {
  keyName: "example.com/foo",
  keyId: "530d903a",
  publicKey: fromBase64("AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k").slice(1),
  body: "This is an example message.\n",
  signatureLine:
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n",
};

const neumannNote = `${neumann.body}\n${neumann.signatureLine}`;

/** Ed25519 keys as Node wants them: the DER of RFC 8410 is a fixed prefix before the 32 bytes. */
function publicKeyOf(bytes: Uint8Array): KeyObject {
  const der = Buffer.concat([fromHex("302a300506032b6570032100"), bytes]);
  return createPublicKey({ key: der, format: "der", type: "spki" });
}

function privateKeyOf(seed: Uint8Array): KeyObject {
  const der = Buffer.concat([fromHex("302e020100300506032b657004220420"), seed]);
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" });
}

function rawPublicKey(key: KeyObject): Uint8Array {
  return Uint8Array.from(key.export({ format: "der", type: "spki" }).subarray(-32));
}

function mustParse(text: string): Note {
  const note = parseNote(text);
  if (note === null) throw new Error("Not a note");
  return note;
}

describe("signed notes", () => {
  test.each([neumann, c2sp])("[E13] the key id of $keyName is $keyId", ({ keyName, publicKey, keyId }) => {
    expect(hex(keyIdOf(keyName, publicKey, sha256))).toBe(keyId);
  });

  test("[E14] the public example, signed here with its key, is the same to the last letter", () => {
    const signature = sign(null, encodeUtf8(neumann.body), privateKeyOf(neumann.seed));
    expect(
      signedNote(neumann.body, neumann.keyName, keyIdOf(neumann.keyName, neumann.publicKey, sha256), signature),
    ).toBe(neumannNote);
  });

  test.each([neumann, c2sp])("[E14] the published note of $keyName is read and verifies", (example) => {
    const note = mustParse(`${example.body}\n${example.signatureLine}`);
    expect(note.body).toBe(example.body);
    const signatures = signaturesBy(note, example.keyName, example.publicKey, sha256);
    expect(signatures).toHaveLength(1);
    for (const signature of signatures) {
      const key = publicKeyOf(example.publicKey);
      expect(verify(null, encodeUtf8(note.body), key, signature)).toBe(true);
      expect(verify(null, encodeUtf8(note.body.replace("is", "was")), key, signature)).toBe(false);
    }
  });

  test("[E14] a note signed with a new key is read back and verifies, letters of all alphabets included", () => {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const body = "ed è subito sera.\nи сразу же вечер. 夕 😀\n";
    const text = signedNote(
      body,
      "log.example/κλειδί",
      keyIdOf("log.example/κλειδί", rawPublicKey(publicKey), sha256),
      sign(null, Buffer.from(body), privateKey),
    );
    const note = mustParse(text);
    expect(note.body).toBe(body);
    const [signature] = signaturesBy(note, "log.example/κλειδί", rawPublicKey(publicKey), sha256);
    expect(signature && verify(null, encodeUtf8(note.body), publicKey, signature)).toBe(true);
  });

  test("[E15] the last empty line ends the body", () => {
    const body = "one\n\nthree\n\n\nsix\n";
    expect(mustParse(`${body}\n${neumann.signatureLine}`).body).toBe(body);
  });

  test("[E14] a note may have many signatures, at least 16", () => {
    const note = mustParse(`${neumann.body}\n${neumann.signatureLine.repeat(15)}${c2sp.signatureLine}`);
    expect(note.signatures.map(({ keyName }) => keyName)).toEqual([
      ...Array<string>(15).fill("PeterNeumann"),
      "example.com/foo",
    ]);
  });

  const line = neumann.signatureLine.slice(0, -1);
  test.each([
    { title: "nothing", text: "" },
    { title: "a body alone", text: neumann.body },
    { title: "no signature", text: `${neumann.body}\n` },
    { title: "no empty line", text: `${neumann.body}${line}\n` },
    { title: "no newline at the end", text: neumannNote.slice(0, -1) },
    { title: "a letter for the newline at the end", text: `${neumannNote.slice(0, -1)}x` },
    { title: "a line after the signatures", text: `${neumannNote}more\n` },
    { title: "a hyphen for the dash", text: neumannNote.replace("—", "-") },
    { title: "no name", text: neumannNote.replace("PeterNeumann ", "") },
    { title: "an empty name", text: neumannNote.replace("PeterNeumann", "") },
    { title: "a plus in the name", text: neumannNote.replace("PeterNeumann", "Peter+Neumann") },
    { title: "a wide space in the name", text: neumannNote.replace("PeterNeumann", "Peter\u3000Neumann") },
    { title: "a word after the signature", text: `${neumann.body}\n${line} more\n` },
    { title: "a signature that is not base64", text: neumannNote.replace("x08go", "x08g!") },
    { title: "a signature that is only a key id", text: `${neumann.body}\n— PeterNeumann x08gow==\n` },
    { title: "a carriage return", text: neumannNote.replace("problem,", "problem,\r") },
    { title: "a NUL", text: neumannNote.replace("problem,", "problem,\u0000") },
    { title: "half a surrogate pair", text: neumannNote.replace("problem,", "problem,\ud83d") },
    { title: "65 signatures", text: `${neumann.body}\n${neumann.signatureLine.repeat(65)}` },
  ])("[E16] a text with $title is no note", ({ text }) => {
    expect(parseNote(neumannNote)).not.toBeNull();
    expect(parseNote(text)).toBeNull();
  });

  test("[E17] a signature counts only with the name and the id of the key", () => {
    const note = mustParse(`${neumann.body}\n${neumann.signatureLine}${c2sp.signatureLine}`);
    expect(signaturesBy(note, neumann.keyName, neumann.publicKey, sha256)).toHaveLength(1);
    expect(signaturesBy(note, c2sp.keyName, neumann.publicKey, sha256)).toEqual([]);
    expect(signaturesBy(note, neumann.keyName, c2sp.publicKey, sha256)).toEqual([]);
    const renamed = mustParse(`${neumann.body}\n${neumann.signatureLine.replace("PeterNeumann", "Mallory")}`);
    expect(signaturesBy(renamed, neumann.keyName, neumann.publicKey, sha256)).toEqual([]);
    const otherId = mustParse(`${neumann.body}\n${neumann.signatureLine.replace("x08go", "y08go")}`);
    expect(signaturesBy(otherId, neumann.keyName, neumann.publicKey, sha256)).toEqual([]);
  });

  test.each([
    { title: "a body without its newline", body: "text", keyName: "name", publicKey: neumann.publicKey },
    { title: "a tab in the body", body: "te\txt\n", keyName: "name", publicKey: neumann.publicKey },
    { title: "an empty name", body: "text\n", keyName: "", publicKey: neumann.publicKey },
    { title: "a space in the name", body: "text\n", keyName: "my name", publicKey: neumann.publicKey },
    { title: "a plus in the name", body: "text\n", keyName: "my+name", publicKey: neumann.publicKey },
    { title: "a short public key", body: "text\n", keyName: "name", publicKey: neumann.publicKey.slice(1) },
  ])("[E18] no note is made with $title", ({ body, keyName, publicKey }) => {
    expect(() => signedNote(body, keyName, keyIdOf("name", publicKey, sha256), new Uint8Array(64))).toThrow(RangeError);
  });
});
