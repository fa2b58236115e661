/** Every situation of docs/field.md, from files to a dataset: the right classes and labels, or the right message. */
import { expect, test } from "vitest";
import { imageBytes } from "../dataset";
import { defaultShares, importImages } from "../import";
import { type FieldCase, fieldCases } from "./field-cases.testing";
import { colorOf } from "./made-files.testing";

const SIZE = 16;

async function load({ files, reading }: FieldCase) {
  const entries = Object.entries(files).map(([path, bytes]) => ({ path, file: new Blob([bytes]) }));
  const chosen = new Set(reading ? [reading] : []);
  return importImages(entries, {
    name: "field",
    size: SIZE,
    seed: 0,
    shares: defaultShares,
    reading: chosen,
  });
}

type Outcome = Awaited<ReturnType<typeof load>>;

/** The colors of each class's images. */
function colorsOf({ dataset }: Extract<Outcome, { ok: true }>): Record<string, string[]> {
  const seen = dataset.classNames.map(() => new Set<string>());
  for (const set of [dataset.train, dataset.validation, dataset.test]) {
    for (let i = 0; i < set.count; i++) {
      const [red = 0, green = 0] = set.pixels.subarray(i * imageBytes(set));
      seen[set.labels[i] as number]?.add(colorOf(red, green) ?? `${red} ${green}`);
    }
  }
  return Object.fromEntries(dataset.classNames.map((name, label) => [name, [...(seen[label] ?? [])]]));
}

const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

/** Numbers of images in the parts with folders or tables, and in the pool for the others. */
function countsOf({ summary }: Extract<Outcome, { ok: true }>) {
  const { counts, origins } = summary;
  const isDrawn = (part: "validation" | "test") => origins[part] === "drawn";
  const drawn = (["validation", "test"] as const).filter(isDrawn);
  return {
    pool: total(counts.train) + drawn.reduce((sum, part) => sum + total(counts[part]), 0),
    ...(!isDrawn("validation") && { validation: total(counts.validation) }),
    ...(!isDrawn("test") && { test: total(counts.test) }),
  };
}

test.each(fieldCases.map((one) => [one.name, one] as const))("%s", async (_, one) => {
  const outcome = await load(one);
  const { rejected } = outcome.ok ? outcome.summary : outcome;
  if (one.reason) expect(rejected.map(({ detail }) => detail).join("\n")).toMatch(one.reason);
  if (!outcome.ok) {
    expect(`${outcome.problem.kind}: ${outcome.problem.cause}`).toMatch(new RegExp(`^${one.refused}:`));
    return;
  }
  expect(one.refused).toBeUndefined();
  const colors = colorsOf(outcome);
  const right = one.classes ?? {};
  expect(Object.keys(colors).sort()).toEqual(Object.keys(right).sort());
  for (const [name, color] of Object.entries(right))
    if (color !== "") expect(colors[name], name).toEqual([color]);
  if (one.counts) expect(countsOf(outcome)).toEqual(one.counts);
  expect(outcome.summary.notices.map(({ kind }) => kind).sort()).toEqual([...(one.notices ?? [])].sort());
});

test("stretching 12 bits in 16 makes the pictures distinguishable", async () => {
  const shallow = fieldCases.find(({ name }) => name === "twelve bits in sixteen") as FieldCase;
  const outcome = await load({ ...shallow, reading: "stretched" });
  if (!outcome.ok) throw new Error(outcome.problem.cause);
  expect(outcome.summary.notices).toMatchObject([{ kind: "range-stretched", count: 12 }]);
  const values = outcome.dataset.train.pixels;
  expect([Math.min(...values), Math.max(...values)]).toEqual([0, 255]);
});
