import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type HubAddress, hubAddressText, parseHubAddress } from "./hub-models";
import { hubFilePattern } from "./teacher-model";

const letters = [..."abcXYZ019"];
const name = fc
  .tuple(
    fc.constantFrom(...letters),
    fc.string({ maxLength: 20, unit: fc.constantFrom(...letters, "-", "_", ".") }),
  )
  .map((parts) => parts.join(""));
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join("/"));
const address: fc.Arbitrary<HubAddress> = fc.record(
  { repository: fc.tuple(name, name).map((names) => names.join("/")), revision: name, path },
  { requiredKeys: ["repository"] },
);

describe("an address of the hub", () => {
  test("is read back from its text, also with spaces around it", () => {
    fc.assert(
      fc.property(address, (given) => {
        expect(parseHubAddress(` ${hubAddressText(given)}\n`)).toEqual(given);
      }),
    );
  });

  test("is the same pasted from the browser, for a repository, a folder and a file", () => {
    fc.assert(
      fc.property(address, fc.constantFrom("blob", "resolve", "raw"), (given, view) => {
        fc.pre(!/^(datasets|spaces|api|docs|papers|collections)\//.test(given.repository));
        const { repository, revision = "main", path: file } = given;
        const base = `https://huggingface.co/${repository}`;
        expect(parseHubAddress(base)).toEqual({ repository });
        expect(parseHubAddress(`${base}/tree/${revision}/onnx`)).toEqual({ repository, revision });
        if (file !== undefined)
          expect(parseHubAddress(`${base}/${view}/${revision}/${file}?download=true`)).toEqual({
            repository,
            revision,
            path: file,
          });
      }),
    );
  });

  test("with a file is one that links can hold, and stays in its repository", () => {
    const parts = fc.constantFrom(
      "a",
      "b.c",
      "..",
      ".",
      "/",
      ":",
      "@",
      "%2e",
      "?",
      "#",
      " ",
      "https://",
      "\\",
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (words) => {
        const parsed = parseHubAddress(words.join(""));
        if (!parsed) return;
        const { repository, path: file } = parsed;
        if (file !== undefined) expect(`${repository}:${file}`).toMatch(hubFilePattern);
        const base = `https://huggingface.co/${repository}/`;
        expect(new URL(`${base}${file ?? ""}`).href).toBe(`${base}${file ?? ""}`);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ["", undefined],
    ["mobilenet", undefined],
    ["a/b/c", undefined],
    ["a/../b", undefined],
    ["../b", undefined],
    ["a/b:", undefined],
    ["a/b:../c.onnx", undefined],
    ["https://example.com/a/b", undefined],
    ["https://huggingface.co/a", undefined],
    ["https://huggingface.co/datasets/a/b", undefined],
    ["https://huggingface.co/spaces/a/b", undefined],
    ["hf.co/a/b", { repository: "a/b" }],
    ["https://huggingface.co/a/b/discussions/3", { repository: "a/b" }],
    ["https://huggingface.co/a/b/tree/refs%2Fpr%2F1", { repository: "a/b", revision: "refs/pr/1" }],
    ["a/b@v1.0:onnx/m.onnx", { repository: "a/b", revision: "v1.0", path: "onnx/m.onnx" }],
  ])("%j is read as %j", (text, wanted) => {
    expect(parseHubAddress(text)).toEqual(wanted);
  });
});
