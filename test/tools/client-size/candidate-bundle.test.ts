import { expect, it } from "vitest";
import { candidateBundle, type Manifest } from "#tools/client-size/candidate-bundle.ts";

const manifest: Manifest = {
  "index.html": {
    file: "assets/index.js",
    imports: ["_react.js"],
    dynamicImports: ["routes/sit.tsx", "routes/router.tsx"],
  },
  "_react.js": { file: "assets/react.js" },
  "routes/sit.tsx": {
    file: "assets/sit.js",
    imports: ["index.html", "_text.js"],
    dynamicImports: ["paper.tsx", "take-exam/door.tsx"],
  },
  "take-exam/door.tsx": { file: "assets/door.js" },
  "_text.js": { file: "assets/text.js" },
  "paper.tsx": { file: "assets/paper.js", imports: ["_text.js"], dynamicImports: ["sensor.ts"] },
  "sensor.ts": { file: "assets/sensor.js" },
  "routes/router.tsx": { file: "assets/router.js", imports: ["_react.js"] },
};

it("the candidate's page is the entry, its page, and what that fetches ahead; what comes later, what only some meet and the consoles are not in it", () => {
  expect(candidateBundle(manifest).toSorted()).toEqual(
    ["index", "paper", "react", "sit", "text"].map((name) => `assets/${name}.js`),
  );
});

it("a manifest of another build is not taken for a light page", () => {
  expect(() => candidateBundle({})).toThrow("index.html");
});
