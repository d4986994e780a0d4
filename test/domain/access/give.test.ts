import { describe, expect, it } from "vitest";
import { beyondOwn, newBeyondOwn } from "#domain/access/give.ts";
import { permissions, presets, roles } from "#domain/access/permission.ts";

describe("who gives permissions", () => {
  it("[G105] gives no more than their own, for every permission that there is", () => {
    for (const one of permissions) {
      const others = permissions.filter((permission) => permission !== one && permission !== "schedule");
      expect(beyondOwn(others, [one])).toEqual([one]);
      expect(beyondOwn([one], [one])).toEqual([]);
    }
    expect(beyondOwn(["manage-members", "read-members"], presets.admin)).toEqual(
      presets.admin.filter((permission) => !["manage-members", "read-members"].includes(permission)),
    );
    expect(beyondOwn([], [])).toEqual([]);
  });

  it("[G105] gives every role as an administrator, also to proctor, as they say who proctors what", () => {
    for (const role of roles) expect(beyondOwn(presets.admin, presets[role])).toEqual([]);
    expect(beyondOwn(["manage-members"], ["proctor"])).toEqual(["proctor"]);
    expect(beyondOwn(["schedule"], ["proctor"])).toEqual([]);
  });

  it("[G105] leaves to others what they have already, and takes what they like", () => {
    expect(newBeyondOwn(["manage-members"], presets.admin, presets.admin)).toEqual([]);
    expect(newBeyondOwn(["manage-members"], presets.admin, [])).toEqual([]);
    expect(newBeyondOwn(["manage-members"], ["read-exams"], ["read-exams", "write-exams"])).toEqual(["write-exams"]);
  });
});
