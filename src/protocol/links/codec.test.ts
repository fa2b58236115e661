import fc from "fast-check";
import { deflateSync } from "fflate";
import { expect, test } from "vitest";
import { defaultArm, defaultExperiment, unnamedExperiment } from "../experiment";
import { anyExperiment } from "../experiment.testing";
import { compactExperiment, decodeFragment, encodeExperiment, linkLimits } from "./codec";

function linkOf(json: string, version = "1"): string {
  const bytes = deflateSync(new TextEncoder().encode(json));
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return `#e=${version}.${base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

function problemOf(fragment: string) {
  const decoded = decodeFragment(fragment);
  if (decoded.kind !== "problem") throw new Error(`expected a problem, got ${decoded.kind}`);
  return decoded.problem;
}

test("every experiment survives encoding into a link and decoding", () => {
  fc.assert(
    fc.property(anyExperiment, (experiment) => {
      const link = encodeExperiment(experiment);
      expect(link).toMatch(/^#e=1\.[A-Za-z0-9_-]+$/);
      expect(decodeFragment(link)).toEqual({ kind: "experiment", experiment });
    }),
    { numRuns: 200 },
  );
});

test("only values that differ from the defaults are written", () => {
  const usual = unnamedExperiment();
  expect(compactExperiment(usual)).toEqual({});
  // Later defaults are written, so that the meaning of links that do not name them stays as it was.
  expect(compactExperiment(defaultExperiment())).toEqual({
    evaluation: { part: "validation", probe: "ridge", images: 1_500 },
  });
  expect(compactExperiment({ ...usual, seeds: [1, 2, 3] })).toEqual({ seeds: [1, 2, 3] });
  const offline = defaultArm("simdis-off");
  const arm = { ...offline, optimiser: { ...offline.optimiser, momentum: 0.5 } };
  expect(compactExperiment({ ...usual, arms: [arm] })).toEqual({
    arms: [{ optimiser: { momentum: 0.5 }, scheme: { method: "simdis-off" } }],
  });
});

test("an existing link keeps its meaning", () => {
  const decoded = decodeFragment(linkOf('{"arms":[{"scheme":{"method":"simdis-on"}}],"batchSize":32}'));
  if (decoded.kind !== "experiment") throw new Error(decoded.kind);
  const { arms, batchSize, seeds, dataset } = decoded.experiment;
  expect({ batchSize, seeds, dataset }).toEqual({
    batchSize: 32,
    seeds: [1],
    dataset: {
      source: "shapes",
      resolution: 16,
      difficulty: "normal",
      train: 4_000,
      test: 1_000,
      labelNoise: 0,
      unlabelled: 0,
      unlabelledFor: "pools",
      seed: 1,
    },
  });
  expect(arms).toEqual([
    {
      name: "Arm",
      scheme: { method: "simdis-on", targets: [3, 7], heads: "perTarget" },
      student: { network: "R8", width: 0.125 },
      teacher: { network: "R8", width: 0.5 },
      steps: 200,
      teacherSteps: 1_000,
      optimiser: {
        kind: "sgd",
        learningRate: 1,
        teacherLearningRate: 0.5,
        momentum: 0.9,
        weightDecay: 5e-4,
        larsRule: "simdis",
        nesterov: false,
        decayed: "all",
        clip: "none",
        clipNorm: 1,
        layerRates: "uniform",
        teacherDecay: "same",
        teacherWeightDecay: 1e-4,
      },
      start: { from: "scratch", images: "own", steps: 300, rateShare: 1 },
      fixSteps: 0,
      answers: "computed",
      answerEpochs: 10,
      schedule: "cosine",
      warmup: 0.33,
      tau0: 0.97,
    },
  ]);
});

test("a truncated link never becomes another experiment", () => {
  fc.assert(
    fc.property(anyExperiment, fc.double({ min: 0, max: 0.999, noNaN: true }), (experiment, share) => {
      const link = encodeExperiment(experiment);
      const decoded = decodeFragment(link.slice(0, Math.floor(link.length * share)));
      if (decoded.kind === "experiment") expect(decoded.experiment).toEqual(experiment);
    }),
    { numRuns: 300 },
  );
  const link = encodeExperiment({ ...defaultExperiment(), seeds: [1, 2, 3, 4, 5] });
  for (const length of [2, 3, 4, 5, 8, link.length - 4, link.length - 8]) {
    expect(problemOf(link.slice(0, length)).kind, link.slice(0, length)).toMatch(/truncated|unknown-part/);
  }
});

test("mutated links and arbitrary text never throw", () => {
  const mutation = fc.record({
    at: fc.nat(),
    remove: fc.nat({ max: 3 }),
    insert: fc.string({ maxLength: 3 }),
  });
  fc.assert(
    fc.property(
      anyExperiment,
      fc.array(mutation, { minLength: 1, maxLength: 5 }),
      (experiment, mutations) => {
        const link = mutations.reduce((text, { at, remove, insert }) => {
          const start = at % (text.length + 1);
          return text.slice(0, start) + insert + text.slice(start + remove);
        }, encodeExperiment(experiment));
        expect(["none", "experiment", "problem"]).toContain(decodeFragment(link).kind);
      },
    ),
    { numRuns: 300 },
  );
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      expect(decodeFragment(text).kind).not.toBe("experiment");
      expect(decodeFragment(`#e=1.${text}`).kind).not.toBe("none");
    }),
  );
});

test("any JSON in a link is handled without throwing", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(["experiment", "problem"]).toContain(decodeFragment(linkOf(JSON.stringify(value))).kind);
    }),
  );
  expect(problemOf(linkOf("[".repeat(100_000))).kind).toBe("damaged");
  const deep = `{"arms":${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
  expect(problemOf(linkOf(deep)).kind).toBe("wrong-fields");
});

test("each kind of problem is distinguished", () => {
  expect(decodeFragment("")).toEqual({ kind: "none" });
  expect(decodeFragment("#")).toEqual({ kind: "none" });
  expect(problemOf(linkOf("{}", "2"))).toMatchObject({ kind: "unknown-version", version: "2" });
  expect(problemOf(`${linkOf("{}")}&x=1`)).toMatchObject({ kind: "unknown-part", part: "x" });
  expect(decodeFragment(`${linkOf("{}")}&r=abc`).kind).toBe("experiment");
  expect(problemOf("#e=1.§§§§").kind).toBe("damaged");
  expect(problemOf(linkOf("{nonsense}")).kind).toBe("damaged");
  expect(problemOf(`#e=1.${"A".repeat(linkLimits.characters)}`)).toMatchObject({
    kind: "too-long",
    limit: linkLimits.characters,
  });
  expect(problemOf(`#e=1.${"A".repeat(10 * 1024 ** 2)}`).kind).toBe("too-long");
  expect(decodeFragment(linkOf(`{}${" ".repeat(linkLimits.jsonBytes - 2)}`)).kind).toBe("experiment");
  for (const excess of [1, 2, 5_000_000]) {
    const bomb = linkOf(`{}${" ".repeat(linkLimits.jsonBytes - 2 + excess)}`);
    expect(problemOf(bomb), `${excess} too many`).toMatchObject({
      kind: "too-long",
      limit: linkLimits.jsonBytes,
    });
  }
});

test("an invalid or unknown field is named, with the given and the allowed value", () => {
  expect(problemOf(linkOf('{"batchSize":1}'))).toMatchObject({
    kind: "wrong-fields",
    problems: [{ field: "batchSize", given: "1", allowed: "a whole number from 2 to 1024", default: 64 }],
  });
  expect(problemOf(linkOf('{"constructor":1}'))).toMatchObject({ problems: [{ field: "constructor" }] });
  expect(problemOf(linkOf('{"__proto__":{"batchSize":1}}'))).toMatchObject({
    problems: [{ field: "__proto__" }],
  });
});
