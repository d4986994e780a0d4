import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

// scrypt with 16 MiB and five passes, one of the equal choices of OWASP's Password Storage Cheat Sheet: what needs
// 128 MiB does not fit a Worker, and PBKDF2 is limited there to 100,000 rounds. About 0.14 s.
const current = { ln: 14, r: 8, p: 5 };
const hashBytes = 32;

/** `$scrypt$ln=14,r=8,p=5$<salt>$<hash>`: parameters stand in the string, so that they can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, current.ln, current.r, current.p);
  const { ln, r, p } = current;
  return `$scrypt$ln=${ln},r=${r},p=${p}$${salt.toString("base64url")}$${hash.toString("base64url")}`;
}

/**
 * Whether the password is the one that was hashed. Null, for an account that does not exist, takes as long and is false,
 * so that the time does not tell which accounts there are. Throws when the stored string is not one of ours.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const { ln, r, p, salt, hash } = parseHash(stored ?? nobody);
  const derived = await derive(password, salt, ln, r, p);
  return timingSafeEqual(derived, hash) && stored !== null;
}

/** Whether the hash was made with less work than is asked now, and is to be made anew while the password is at hand. */
export function isOutdated(stored: string): boolean {
  const { ln, r, p } = parseHash(stored);
  return ln !== current.ln || r !== current.r || p !== current.p;
}

const nobody = `$scrypt$ln=${current.ln},r=${current.r},p=${current.p}$${"A".repeat(22)}$${"A".repeat(43)}`;

function parseHash(stored: string) {
  const match = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]{22})\$([\w-]{43})$/.exec(stored);
  const [, ln, r, p, salt, hash] = match ?? [];
  if (salt === undefined || hash === undefined) throw new Error("A stored password hash is malformed");
  return {
    ln: Number(ln),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, "base64url"),
    hash: Buffer.from(hash, "base64url"),
  };
}

function derive(password: string, salt: Buffer, ln: number, r: number, p: number): Promise<Buffer> {
  // The same letter can be typed as one or two code points: NFC makes them one (RFC 8265, section 4).
  const normal = password.normalize("NFC");
  const N = 2 ** ln;
  return new Promise((resolve, reject) => {
    scrypt(normal, salt, hashBytes, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
