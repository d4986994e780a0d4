import type { Rule } from "./access-route.ts";

const everybody: Rule = { for: "everybody" };

/** Who may call the routes of members, roles and institutions. */
export const staffRules: Readonly<Record<string, Rule>> = {
  "GET /v1/members": { for: ["admin", "auditor"] },
  "POST /v1/members": {
    for: ["admin"],
    body: () => ({
      name: "Newton",
      email: `newton${Math.random()}@school.example`,
      roles: ["author"],
      customRoleIds: [],
    }),
  },
  "POST /v1/members/bulk": {
    for: ["admin"],
    body: () => ({
      members: [{ name: "Emmy", email: `emmy${Math.random()}@school.example`, roles: ["author"], customRoleIds: [] }],
    }),
  },
  "GET /v1/members/:memberId": { for: ["admin", "auditor"] },
  "PUT /v1/members/:memberId": { for: ["admin"], body: () => ({ name: "Lin", roles: ["proctor"], customRoleIds: [] }) },
  "DELETE /v1/members/:memberId": { for: ["admin"] },
  "POST /v1/members/:memberId/invitation": { for: ["admin"] },
  "GET /v1/roles": { for: ["admin", "auditor"] },
  "POST /v1/roles": { for: ["admin"], body: () => ({ name: "Clerk", permissions: ["schedule"] }) },
  "PUT /v1/roles/:roleId": {
    for: ["admin"],
    body: () => ({ name: "Registrar", permissions: ["schedule"], revision: 1 }),
  },
  "DELETE /v1/roles/:roleId": { for: ["admin"] },
  "POST /v1/invitations/read": everybody,
  "POST /v1/invitations/accept": everybody,
  "GET /v1/institution": { for: ["admin"] },
  "PUT /v1/institution": { for: ["admin"], body: () => ({ language: "de" }) },
  "GET /v1/tenants": { for: "operator" },
  "POST /v1/tenants": { for: "operator" },
  "POST /v1/tenants/:tenantId/credits": { for: "operator" },
  "POST /v1/tenants/:tenantId/usage": { for: "operator" },
  "PUT /v1/tenants/:tenantId/overdraft": { for: "operator" },
};
