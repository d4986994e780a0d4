import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { unstable_getMiniflareWorkerOptions as workerOptions } from "wrangler";
import type { Role } from "#domain/access/permission.ts";
import { applyDemoMembers, type DemoMember, demoMembers } from "../seed/demo-members.ts";
import { projectRoot, runWrangler } from "../start/child.ts";
import { localSecrets } from "../start/secrets.ts";
import type { StaffAccounts } from "./rehearsed-sitting.ts";

export type LocalRuntime = {
  readonly staff: StaffAccounts;
  origin(): URL;
  boundOrigin(): URL;
  /** Ends the runtime and starts it anew on the same data: every object sleeps, and listens at another port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/** The demo's author and admin. The proctors of a rehearsal are made like the demo's, one for each console of a room. */
const demo = { author: memberWho("author"), admin: memberWho("admin"), proctor: memberWho("proctor") };

function memberWho(role: Role): DemoMember {
  const member = demoMembers.find(({ roles }: DemoMember) => roles.includes(role));
  if (member === undefined) throw new Error(`the demo has no ${role}`);
  return member;
}

/**
 * The Worker on a workerd of its own with an empty database, and beside it on the same workerd the bare bound. It is
 * what `npm start` runs without the development proxy, which would be measured too.
 */
export async function startLocalRuntime(proctors: number, onStep: (step: string) => void): Promise<LocalRuntime> {
  const directory = mkdtempSync(join(tmpdir(), "invigil-rehearsal-"));
  // Wrangler says on standard output which secrets it reads; that is where the report goes.
  process.env["WRANGLER_LOG"] ??= "error";
  localSecrets(join(projectRoot, ".dev.vars"));
  onStep("Bundling the Worker");
  // No page is asked for here, so that none need be built; but the folder of the pages has to be there.
  mkdirSync(join(projectRoot, "dist", "client"), { recursive: true });
  await runWrangler(["deploy", "--dry-run", "--outdir", join(directory, "worker")]);
  const boundConfig = join(import.meta.dirname, "bound", "wrangler.toml");
  await runWrangler(["deploy", "--dry-run", "--config", boundConfig, "--outdir", join(directory, "bound")]);
  onStep("Making the database");
  const persist = ["--persist-to", directory];
  // A sign-in looks into every home.
  for (const home of ["DB", "DB_EU"]) await runWrangler(["d1", "migrations", "apply", home, "--local", ...persist]);
  await applyDemoMembers("shared", (file) => {
    appendFileSync(file, colleaguesSql(proctors));
    return runWrangler(["d1", "execute", "DB", "--local", ...persist, "--file", file, "--yes"]);
  });

  onStep("Starting the runtime");
  const product = configured(join(projectRoot, "wrangler.toml"));
  const workers = convertV4MiniflareOptions({
    port: 0,
    host: "127.0.0.1",
    workers: [
      {
        ...product,
        // Nothing is published here, and nobody listens there.
        bindings: { ...product.bindings, SFU_BASE_URL: "http://127.0.0.1:1/v1" },
        name: "invigil",
        modules: true,
        modulesRoot: join(directory, "worker"),
        scriptPath: join(directory, "worker", "index.js"),
        serviceBindings: {
          READ_MODEL: { name: "invigil", entrypoint: "ReadModel" },
          AUDIT_TRAIL: { name: "invigil", entrypoint: "AuditTrail" },
        },
        unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
      },
      {
        ...configured(boundConfig),
        name: "bound",
        modules: true,
        modulesRoot: join(directory, "bound"),
        scriptPath: join(directory, "bound", "worker.js"),
        unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
      },
    ],
  });
  const options = {
    ...workers,
    resourcePersistencePath: join(directory, "v3"),
    // A line for each check-in and refusal would drown the progress, and standard output is for the report.
    handleStructuredLogs: () => {},
  };
  const runtime = new Miniflare(options);
  const addresses = async () => ({
    origin: await runtime.unsafeGetDirectURL("invigil"),
    boundOrigin: await runtime.unsafeGetDirectURL("bound"),
  });
  let at = await addresses();
  const { password } = demo.proctor;
  return {
    staff: {
      author: demo.author,
      admin: demo.admin,
      proctors: Array.from({ length: proctors }, (_, index) => ({ email: colleagueEmail(index), password })),
    },
    origin: () => at.origin,
    boundOrigin: () => at.boundOrigin,
    async restart() {
      await runtime.setOptions(options);
      at = await addresses();
    },
    async stop() {
      await runtime.dispose();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function colleagueEmail(index: number): string {
  return `proctor-${index + 1}@rehearsal.example`;
}

function colleaguesSql(count: number): string {
  const lines = Array.from({ length: count }, (_, index) => {
    const id = `rehearsal-${index + 1}`;
    return `insert into members (tenant_id, id, email, name, password_hash, created_at)
  select tenant_id, '${id}', '${colleagueEmail(index)}', 'Proctor ${index + 1}', password_hash, created_at
  from members where id = '${demo.proctor.id}';
insert into member_roles (tenant_id, member_id, role) select tenant_id, '${id}', 'proctor' from members where id = '${demo.proctor.id}';
`;
  });
  return lines.join("");
}

type Configured = Required<
  Pick<
    Extract<Parameters<typeof convertV4MiniflareOptions>[0], { workers: unknown }>["workers"][number],
    "compatibilityDate" | "compatibilityFlags" | "bindings" | "r2Buckets" | "d1Databases" | "durableObjects"
  >
>;

/** What wrangler makes of a Worker's configuration, without what is only for bundling. */
function configured(file: string): Configured {
  // Its own type is wider than what it gives.
  const { compatibilityDate, compatibilityFlags, bindings, r2Buckets, d1Databases, durableObjects } = workerOptions(
    file,
  ).workerOptions as Configured;
  return { compatibilityDate, compatibilityFlags, bindings, r2Buckets, d1Databases, durableObjects };
}
