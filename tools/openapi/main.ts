import { writeFileSync } from "node:fs";
import { documentOf } from "#worker/openapi.ts";
import { apiRoutes } from "#worker/routes.ts";

// What the server answers at /openapi.json, without one: `npm run openapi -- <file>`.
const [, , file] = process.argv;
const text = `${JSON.stringify(await documentOf(apiRoutes()), null, 2)}\n`;
if (file === undefined) process.stdout.write(text);
else writeFileSync(file, text);
