import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

function signingKey(): string {
  return JSON.stringify(generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" }));
}

const makers: Readonly<Record<string, () => string>> = {
  TOKEN_SIGNING_KEY: signingKey,
  CHECKPOINT_SIGNING_KEY: signingKey,
  RECORDING_KEY: () => randomBytes(32).toString("base64"),
  OPERATOR_KEY: () => randomBytes(32).toString("base64url"),
  SFU_APP_ID: () => "local",
  SFU_APP_SECRET: () => randomBytes(24).toString("base64url"),
};

/** The `KEY=value` lines of a dotenv file; quotes around a value are taken off. */
function parseSecrets(text: string): Record<string, string> {
  const secrets: Record<string, string> = {};
  for (const line of text.split("\n")) {
    const match = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line.trim());
    if (match?.[1] === undefined || match[2] === undefined) continue;
    secrets[match[1]] = match[2].replace(/^'(.*)'$/, "$1");
  }
  return secrets;
}

/**
 * Secrets for local use: those that `file` does not have yet are made and added; the others stay, because what was
 * signed and encrypted with them is still there. The file is readable by its owner only.
 */
export function localSecrets(file: string): Record<string, string> {
  const known = existsSync(file) ? parseSecrets(readFileSync(file, "utf8")) : {};
  const all = { ...known };
  for (const [name, make] of Object.entries(makers)) all[name] ??= make();
  if (Object.keys(all).length > Object.keys(known).length) {
    const lines = Object.entries(all).map(([name, value]) => `${name}='${value}'\n`);
    const comment = "# Made by `npm start` for this computer only. Never commit it, never use it in production.\n";
    writeFileSync(file, comment + lines.join(""), { mode: 0o600 });
  }
  return all;
}
