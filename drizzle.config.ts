import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  driver: "d1-http",
  schema: [
    "./worker/database/schema.ts",
    "./worker/database/outcome-schema.ts",
    "./worker/database/audit-schema.ts",
    "./worker/database/access-schema.ts",
    "./worker/database/api-key-schema.ts",
    "./worker/database/retention-schema.ts",
    "./worker/database/sign-in-schema.ts",
    "./worker/database/ledger-schema.ts",
    "./worker/database/second-factor-schema.ts",
    "./worker/database/webhook-schema.ts",
    "./worker/database/passkey-schema.ts",
    "./worker/database/single-sign-on-schema.ts",
    "./worker/database/mail-schema.ts",
    "./worker/database/answer-schema.ts",
  ],
  out: "./migrations",
});
