import { posix } from "node:path";
import { isCode, type Rule, type Source } from "./source.ts";

const rooms = ["domain", "protocol", "durable-objects", "worker", "client", "tools", "test"] as const;
type Room = (typeof rooms)[number];

/** Who may import whom: docs/architecture.md, Doors. A room may always import itself. */
const doors: Readonly<Record<Room, readonly Room[]>> = {
  domain: [],
  protocol: ["domain"],
  "durable-objects": ["domain", "protocol"],
  worker: ["domain", "protocol"],
  client: ["domain", "protocol"],
  tools: rooms.filter((room) => room !== "test"),
  test: rooms,
};

/** The one file with a door of its own: it exports the Durable Object classes to the platform. */
const frontDoor = "worker/index.ts";

/** What comes from outside the repository. Rooms that are not named may take any package but the other side's platform. */
const packages: Readonly<Partial<Record<Room, RegExp>>> = {
  domain: /^$/,
  protocol: /^(valibot|papaparse)$/,
  "durable-objects": /^(node:|cloudflare:|valibot$)/,
  client: /^(?!node:|cloudflare:)/,
};

type Import = { readonly specifier: string; readonly line: number };

function roomOf(path: string): Room | null {
  const [first, ...rest] = path.split("/");
  return rest.length === 0 ? null : (rooms.find((room) => room === first) ?? null);
}

const statements = [
  /^import\s+(?:type\s+)?(?:[\w$*{},\s]+?\sfrom\s+)?["']([^"'\n]+)["']/gm,
  /^export\s+(?:type\s+)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s+from\s+["']([^"'\n]+)["']/gm,
  /\bimport\(\s*["']([^"'\n]+)["']/g,
];

/** The specifiers of static and dynamic imports and of re-exports, found by their look: no compiler is asked. */
export function importsOf(text: string): readonly Import[] {
  return statements
    .flatMap((statement) => [...text.matchAll(statement)])
    .toSorted((one, other) => one.index - other.index)
    .map((match) => ({ specifier: match[1] ?? "", line: text.slice(0, match.index).split("\n").length }));
}

function faultOf({ path }: Source, room: Room, specifier: string): string | null {
  if (specifier.startsWith(".")) {
    const target = posix.join(posix.dirname(path), specifier);
    // Files beside the rooms (configs) have no other name than a relative one.
    return [room, null].includes(roomOf(target)) ? null : "leaves its room by a relative path";
  }
  if (!specifier.startsWith("#")) {
    return packages[room]?.test(specifier) === false ? `the room has no door to that package` : null;
  }
  const target = roomOf(specifier.slice(1));
  if (target === null) return "names no room";
  // Tests mirror the rooms, so far apart that a relative path between them says nothing.
  if (target === room) return room === "test" ? null : "names its own room: inside it is relative";
  if (doors[room].includes(target) || (path === frontDoor && target === "durable-objects")) return null;
  return `${room} has no door to ${target}`;
}

export const goesThroughDoors: Rule = (files) =>
  files.filter(isCode).flatMap((file) => {
    const room = roomOf(file.path);
    if (room === null) return [];
    return importsOf(file.text).flatMap(({ specifier, line }) => {
      const fault = faultOf(file, room, specifier);
      return fault === null ? [] : [`${file.path}:${line}: ${specifier}: ${fault}`];
    });
  });

const foundations = /^client\/(session|media|sensors|http|ui)\//;

/** Within the client: what features stand on knows no feature. */
export const knowsNoFeature: Rule = (files) =>
  files
    .filter((file) => isCode(file) && foundations.test(file.path))
    .flatMap(({ path, text }) =>
      importsOf(text)
        .filter(({ specifier }) => specifier.startsWith("."))
        .filter(({ specifier }) => !foundations.test(posix.join(posix.dirname(path), specifier)))
        .map(({ specifier, line }) => `${path}:${line}: ${specifier}: a feature`),
    );

/** Imports of the project's own files name the file, with its ending. */
export const namesTheFile: Rule = (files) =>
  files.filter(isCode).flatMap(({ path, text }) =>
    importsOf(text)
      .filter(({ specifier }) => /^[.#]/.test(specifier) && !/\.[a-z]+(\?\w+(&\w+)*)?$/.test(specifier))
      .map(({ specifier, line }) => `${path}:${line}: ${specifier}: has no ending`),
  );

const mayExportDefault =
  /^([a-z-]+\.config\.ts|(worker\/index|tools\/(rehearse\/bound|audit-benchmark\/worker)\/worker)\.ts|test\/journey\/global-setup\.ts)$/;

/** A default export has as many names as importers. Configs and the Worker's entry must have one. */
export const exportsByName: Rule = (files) =>
  files
    .filter((file) => isCode(file) && !mayExportDefault.test(file.path))
    .filter(({ text }) => /^export\s+(default\b|\{[^}]*\bas default\b)/m.test(text))
    .map(({ path }) => `${path}: exports a default`);

/** A barrel hides what is imported from where. */
export const isNoBarrel: Rule = (files) =>
  files
    .filter((file) => isCode(file) && file.path !== frontDoor)
    .filter(({ path, text }) => /(^|\/)index\.(ts|tsx|mjs)$/.test(path) || onlyReexports(text))
    .map(({ path }) => `${path}: a barrel`);

function onlyReexports(text: string): boolean {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "").trim();
  return (
    code !== "" &&
    code.replace(/export\s+(type\s+)?(\*(\s+as\s+\w+)?|\{[^}]*\})\s+from\s+["'][^"']+["'];?/g, "").trim() === ""
  );
}
