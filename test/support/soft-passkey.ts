import { createHash, randomBytes } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";

/** What a device would do otherwise than it should. */
type Bent = {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly isVerified?: boolean;
  readonly type?: string;
  readonly userHandle?: string;
};

/** A device that keeps one passkey, by WebAuthn level 3, sections 6.1 and 6.5, in software. */
export class SoftPasskey {
  readonly id: string = randomBytes(32).toString("base64url");
  counter = 0;
  #keys: CryptoKeyPair | null = null;
  #userHandle = "";

  /** `navigator.credentials.create`. */
  async create(
    options: { challenge: string; rp: { id: string }; user: { id: string } },
    origin: string,
    bent: Bent = {},
  ) {
    const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
    this.#keys = pair;
    this.#userHandle = options.user.id;
    const jwk = (await crypto.subtle.exportKey("jwk", this.#keys.publicKey)) as { x: string; y: string };
    const cose = new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Uint8Array.from(Buffer.from(jwk.x, "base64url"))],
      [-3, Uint8Array.from(Buffer.from(jwk.y, "base64url"))],
    ]);
    const id = Buffer.from(this.id, "base64url");
    const length = Buffer.from([id.length >> 8, id.length & 0xff]);
    const credential = Buffer.concat([Buffer.alloc(16), length, id, isoCBOR.encode(cose)]);
    const authData = Buffer.concat([
      this.#authData(bent.rpId ?? options.rp.id, bent.isVerified ?? true, 0x40),
      credential,
    ]);
    const attestation = new Map<string, string | Map<string, string> | Uint8Array>([
      ["fmt", "none"],
      ["attStmt", new Map()],
      ["authData", Uint8Array.from(authData)],
    ]);
    return {
      id: this.id,
      rawId: this.id,
      type: "public-key",
      response: {
        clientDataJSON: clientData("webauthn.create", options.challenge, origin, bent).toString("base64url"),
        attestationObject: Buffer.from(isoCBOR.encode(attestation)).toString("base64url"),
      },
    };
  }

  /** `navigator.credentials.get`. */
  async get(options: { challenge: string; rpId: string }, origin: string, bent: Bent = {}) {
    const authData = this.#authData(bent.rpId ?? options.rpId, bent.isVerified ?? true, 0);
    const data = clientData("webauthn.get", options.challenge, origin, bent);
    const signed = Buffer.concat([authData, createHash("sha256").update(data).digest()]);
    const algorithm = { name: "ECDSA", hash: "SHA-256" };
    const raw = Buffer.from(await crypto.subtle.sign(algorithm, this.#keys!.privateKey, signed));
    return {
      id: this.id,
      rawId: this.id,
      type: "public-key",
      response: {
        clientDataJSON: data.toString("base64url"),
        authenticatorData: authData.toString("base64url"),
        signature: derOf(raw).toString("base64url"),
        userHandle: bent.userHandle ?? this.#userHandle,
      },
    };
  }

  #authData(rpId: string, isVerified: boolean, flags: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    const present = 0x01 | (isVerified ? 0x04 : 0) | flags;
    return Buffer.concat([createHash("sha256").update(rpId).digest(), Buffer.from([present]), counter]);
  }
}

function clientData(type: string, challenge: string, origin: string, bent: Bent): Buffer {
  const said = { type: bent.type ?? type, challenge: bent.challenge ?? challenge, origin: bent.origin ?? origin };
  return Buffer.from(JSON.stringify({ ...said, crossOrigin: false }));
}

/** WebCrypto writes r and s one after the other, WebAuthn wants them in DER. */
function derOf(raw: Buffer): Buffer {
  const parts = [raw.subarray(0, 32), raw.subarray(32)].map((part) => {
    let start = 0;
    while (start < part.length - 1 && part[start] === 0) start += 1;
    const trimmed = part.subarray(start);
    const body = trimmed[0]! >= 0x80 ? Buffer.concat([Buffer.from([0]), trimmed]) : trimmed;
    return Buffer.concat([Buffer.from([0x02, body.length]), body]);
  });
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}
