import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { BadOptions, mustAsk, readOptions } from "#tools/rehearse/rehearse-options.ts";

describe("the command line of a rehearsal", () => {
  it("rehearses a hundred candidates in one room on this computer when nothing is said", () => {
    expect(readOptions([])).toEqual({
      origin: null,
      candidates: 100,
      rooms: 1,
      proctors: 5,
      seconds: 30,
      rate: 1,
      hasBound: false,
      isJson: false,
      isAgreed: false,
    });
  });

  it("takes what is said", () => {
    const said = ["--candidates", "1000", "--rooms", "4", "--proctors", "2", "--seconds", "5", "--rate", "0.5"];
    expect(readOptions([...said, "--bound", "--json", "--yes"])).toEqual({
      origin: null,
      candidates: 1000,
      rooms: 4,
      proctors: 2,
      seconds: 5,
      rate: 0.5,
      hasBound: true,
      isJson: true,
      isAgreed: true,
    });
  });

  it("keeps of an address its origin", () => {
    expect(readOptions(["--origin", "https://exam.example/manage?x=1"]).origin?.href).toBe("https://exam.example/");
  });

  it.each([
    ["an option that it does not know", ["--candidate", "5"]],
    ["a number that is none", ["--candidates", "many"]],
    ["no candidates", ["--candidates", "0"]],
    ["half a candidate", ["--candidates", "1.5"]],
    ["more rooms than candidates", ["--candidates", "2", "--rooms", "3"]],
    ["a rate at which pastes are not noted", ["--rate", "9"]],
    ["an address that is none", ["--origin", "exam.example"]],
    ["an address of another kind", ["--origin", "file:///etc/hosts"]],
    ["the bound on a deployment, whose CPU nobody can read", ["--origin", "https://exam.example", "--bound"]],
  ])("refuses %s", (_, argv) => {
    expect(() => readOptions(argv)).toThrow(BadOptions);
  });
});

describe("whether anybody has to be asked", () => {
  it("asks nobody before it loads a stack of its own", () => {
    expect(mustAsk(readOptions([]))).toBe(false);
  });

  it("loads nothing, and says what is needed, where nobody can be asked", () => {
    const main = new URL("../../../tools/rehearse/main.ts", import.meta.url).pathname;
    const { status, stderr } = spawnSync(process.execPath, [main, "--origin", "https://exam.invalid"], {
      encoding: "utf8",
      input: "yes\n",
    });
    expect(status).toBe(2);
    expect(stderr).toContain("Loading https://exam.invalid needs --yes.");
  });

  it.each([
    "http://localhost:8787",
    "http://127.0.0.1:9",
    "http://127.8.9.1",
    "http://[::1]:8787",
    "https://localhost",
  ])("loads %s, which is this computer, without asking", (address) => {
    expect(mustAsk(readOptions(["--origin", address]))).toBe(false);
  });

  it.each([
    "https://exam.example",
    "http://192.168.0.10",
    "http://localhost.exam.example",
    "http://127.0.0.1.exam.example",
    "http://0.0.0.0:8787",
    "http://[::2]",
  ])("asks before it loads %s", (address) => {
    expect(mustAsk(readOptions(["--origin", address]))).toBe(true);
    expect(mustAsk(readOptions(["--origin", address, "--yes"]))).toBe(false);
  });
});
