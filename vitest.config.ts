import { defineConfig } from "vitest/config";

/** `unit` needs nothing but Node; tests that need the platform itself get a project of their own, inside workerd. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          environment: "node",
          include: ["test/{domain,protocol,tools,client,architecture}/**/*.test.{ts,tsx}"],
        },
      },
    ],
  },
});
