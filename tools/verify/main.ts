import { answer } from "./verify.ts";

// npm runs in the project's folder, and says where the person was.
const { code, line } = await answer(process.argv.slice(2), process.env["INIT_CWD"] ?? process.cwd());
(code === 2 ? process.stderr : process.stdout).write(`${line}\n`);
process.exitCode = code;
