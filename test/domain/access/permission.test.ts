import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { can, permissions, permissionsOf, permissionWords, presets, roles } from "#domain/access/permission.ts";

test("[K1] roles allow together what each allows, those of the institution's own making too", () => {
  const held = permissionsOf(["author"], [["schedule"], ["read-audit", "schedule"]]);
  expect(held).toEqual(["read-exams", "write-exams", "schedule", "read-audit"]);
  expect(permissions.filter((permission) => can({ permissions: held }, permission))).toEqual(held);
  expect(can({ permissions: permissionsOf([], []) }, "read-exams")).toBe(false);
});

test("[K2] to proctor a session takes the permission and the assignment", () => {
  const [proctor, admin] = [{ permissions: presets.proctor }, { permissions: presets.admin }];
  expect(can(proctor, "proctor", { isAssigned: true })).toBe(true);
  expect(can(proctor, "proctor", { isAssigned: false })).toBe(false);
  expect(can(admin, "proctor", { isAssigned: true })).toBe(false);
});

test("the guide has the table of roles as they are", () => {
  const file = join(import.meta.dirname, "../../../docs/guides/roles.md");
  const cells = (row: readonly string[]) => `| ${row.join(" | ")} |`;
  const rows = permissions.map((permission) => [
    `\`${permission}\``,
    permissionWords[permission],
    ...roles.map((role) => (presets[role].includes(permission) ? "yes" : "")),
  ]);
  const header = ["permission", "what it allows", ...roles];
  const table = [header, header.map(() => "---"), ...rows].map(cells).join("\n");
  const text = readFileSync(file, "utf8");
  const [before, , after] = text.split(/<!-- (?:table|end) -->/);
  const expected = `${before}<!-- table -->\n\n${table}\n\n<!-- end -->${after}`;
  // `UPDATE_DOCS=1 npx vitest run --project unit test/domain/access` writes it anew.
  if (process.env["UPDATE_DOCS"] === "1") writeFileSync(file, expected);
  else expect(bare(text)).toBe(bare(expected));
});

/** Without the formatter's padding of tables. */
function bare(text: string): string {
  return text.replaceAll(/ *\| */g, "|").replaceAll(/-{3,}/g, "---");
}
