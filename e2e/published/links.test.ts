import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { type Experiment, schemeMethods } from "../../src/protocol/experiment";
import { compactExperiment, decodeFragment } from "../../src/protocol/links/codec";
import { unpackJson } from "../../src/protocol/links/packed-json";
import { parseExperiment } from "../../src/protocol/problems";

/**
 * Links and experiments written by commit 7b2b479: the default, presets, studies, and two drawn experiments for each
 * method. People keep such links, so these have to open unchanged as long as the format has this version.
 */
interface Published {
  readonly name: string;
  readonly link: string;
  readonly experiment: Experiment;
}

/** What settings mean that did not exist when the links were written: the page's only way at that time. */
const asThen = { part: "test", probe: "sgd", images: 3_000 } as const;

/** Settings that arms and imported images have got since, at the values under which nothing changes. */
const ofArms = { answers: "computed", answerEpochs: 10 } as const;
const ofFiles = { detail: 0 } as const;

/** The same for schemes. */
const added: Readonly<Record<string, object>> = {
  kd: { standardized: false },
  ssld: { standardized: false },
};

const withAdded = (experiment: Experiment): Experiment => ({
  ...experiment,
  dataset: { ...experiment.dataset, ...(experiment.dataset.source === "files" && ofFiles) },
  arms: experiment.arms.map((arm) => ({
    ...arm,
    ...ofArms,
    scheme: { ...arm.scheme, ...added[arm.scheme.method] } as typeof arm.scheme,
  })),
});

const published = readFileSync(resolve(import.meta.dirname, "links.jsonl"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Published)
  .map(({ experiment, ...rest }) => ({
    ...rest,
    written: experiment,
    experiment: withAdded({ ...experiment, evaluation: { ...experiment.evaluation, ...asThen } }),
  }));

test("there are at least 40 links, and every published method has one", () => {
  expect(published.length).toBeGreaterThanOrEqual(40);
  const all = published.flatMap(({ experiment }) => experiment.arms.map(({ scheme }) => scheme.method));
  const methods = new Set(all);
  expect(methods.size).toBe(14);
  for (const method of methods) expect(schemeMethods).toContain(method);
});

test.each(published)(
  "$name: link and file give the same experiment as when written",
  ({ link, experiment, written: file }) => {
    expect(decodeFragment(link)).toEqual({ kind: "experiment", experiment });
    const parsed = parseExperiment(file);
    expect(parsed).toEqual({ ok: true, experiment });
    // All pages write the same link for an experiment: the same keys in the same order.
    const written = unpackJson(link.replace("#e=1.", ""));
    if (!parsed.ok || written.kind !== "value") throw new Error(written.kind);
    expect(JSON.stringify(compactExperiment(parsed.experiment))).toBe(JSON.stringify(written.value));
  },
);
