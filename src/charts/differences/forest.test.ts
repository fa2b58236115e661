import { expect, test } from "vitest";
import { resultRow, summary } from "../charts.testing";
import { forestOf, placeIn } from "./forest";
import { differencesCsv, forestSvg } from "./forest-picture";

const bySeed = [0.01, 0.02, 0.03].map((value, at) => ({ seed: at + 1, value }));
const baseline = resultRow("on");
const better = resultRow("<7v>", { difference: { finalKnn: { ...summary(0.02, 0.01, 3), bySeed } } });
const pair = bySeed.slice(0, 2);
const unsure = resultRow("two seeds", {
  difference: { finalKnn: { ...summary(0.015, 0.00707, 2), bySeed: pair } },
});

test("there is a row per comparable arm, in percentage points, with zero in the picture", () => {
  const forest = forestOf([baseline, better], "on", "finalKnn");
  expect(forest?.rows.map(({ label }) => label)).toEqual(["Arm <7v>"]);
  expect(forest?.rows[0]).toMatchObject({ verdict: "unclear", text: "+2.0 ± 1.0 pp" });
  expect(forest?.rows[0]?.seeds.map(({ points }) => points)).toEqual([1, 2, 3]);
  // t = 4.3027 for three seeds.
  expect(forest?.rows[0]?.interval?.[0]).toBeCloseTo(2 - 4.3027 / Math.sqrt(3), 3);
  expect(forest && placeIn(forest.range, 0)).toBeGreaterThan(0);
  expect(forestOf([baseline, better], "on", "bestKnn")).toBeUndefined();
});

test("the interval of two seeds does not compress the others", () => {
  const forest = forestOf([baseline, better, unsure], "on", "finalKnn");
  if (!forest) return expect.unreachable("nothing to compare");
  const [low, high] = forest.range;
  expect(high - low).toBeLessThan(15);
  expect(forest.rows[1]?.interval?.[1]).toBeGreaterThan(7);
  expect(placeIn(forest.range, 100)).toBe(1);
});

test("names are text in the picture, and the file has a line per arm and seed", () => {
  const forest = forestOf([baseline, better], "on", "finalKnn");
  const svg = forest ? forestSvg(forest, "A & B", "pp") : "";
  expect(svg).toContain("Arm &lt;7v&gt;");
  expect(svg).toContain("A &amp; B");
  expect(svg.match(/<circle/g)).toHaveLength(3);
  expect(differencesCsv([baseline, better], "Arm on", "finalKnn").split("\r\n").slice(0, 2)).toEqual([
    "arm,baseline,metric,seed,difference",
    "Arm <7v>,Arm on,finalKnn,1,0.01",
  ]);
});
