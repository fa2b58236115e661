import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { goldenVector, largestError } from "../math/golden-vectors.test-support";
import { balancedAccuracy, hasUnequalClasses, majorityOf, topIndices, topKAccuracy } from "./classification";
import { embeddingSpread } from "./collapse";
import { paperCount, type SchemeCost, trainingCount } from "./compute";
import { knnVotes } from "./knn";

const flat = (rows: number[][]) => Float32Array.from(rows.flat());

describe("golden vectors", () => {
  test("knn.weighted", () => {
    const { inputs, params, expected, tol } = goldenVector("knn.weighted");
    const bank = { features: flat(inputs.train), labels: inputs.labels };
    const options = { neighbors: params.k, temperature: params.T, classes: 2 };
    const votes = knnVotes(bank, Float32Array.from(inputs.test), options);
    expect(topIndices(votes, 1)).toEqual([expected.pred]);
    const ratio = (votes[1] as number) / (votes[0] as number);
    expect(largestError(ratio, expected.vote_ratio_class1_over_class0)).toBeLessThanOrEqual(tol);
  });

  test("collapse.std", () => {
    const { inputs, params, expected, tol } = goldenVector("collapse.std");
    expect(largestError(embeddingSpread(flat(inputs.z), params.d), expected.ratio)).toBeLessThanOrEqual(tol);
    const constant = flat(Array.from({ length: 4 }, () => inputs.z[0]));
    expect(embeddingSpread(constant, params.d)).toBeCloseTo(expected.constant_batch_mean_std, 6);
  });

  test("metrics.topk", () => {
    const { inputs, expected } = goldenVector("metrics.topk");
    expect(topKAccuracy(flat(inputs.logits), inputs.labels, 1)).toBe(expected.top1);
    expect(topKAccuracy(flat(inputs.logits), inputs.labels, 5)).toBe(expected.top5);
  });

  test("flops.table1", () => {
    const { inputs, expected, tol } = goldenVector("flops.table1");
    // The vector ignores projectors. The paper counts the six added heads, but not the head of the two-view scheme.
    const cost: SchemeCost = {
      teacher: inputs.F_T,
      student: inputs.F_S,
      teacherProjector: 0,
      studentProjector: 0,
      teacherPredictor: inputs.predictor,
      studentPredictor: inputs.predictor,
    };
    const figures: readonly (readonly [number, number])[] = [
      [paperCount.offline(cost), expected.paper_off],
      [paperCount.online(cost, 0), expected.paper_on],
      [paperCount.online(cost, 6), expected.paper_on7v],
      [trainingCount.online(cost, 2), expected.true_on_2v],
      [trainingCount.online(cost, 7), expected.true_on_7v],
      [trainingCount.offline(cost, 2, 1), expected.true_off_2v_tn1],
      [trainingCount.offline(cost, 7, 2), expected.true_off_7v_tn2],
      [trainingCount.offline(cost, 2, 1) / trainingCount.online(cost, 2), expected.ratio_true_2v],
    ];
    for (const [figure, wanted] of figures) expect(largestError(figure, wanted)).toBeLessThanOrEqual(tol);
  });

  test("flops.browser_default", () => {
    const { inputs, expected, tol } = goldenVector("flops.browser_default");
    const cost: SchemeCost = {
      teacher: inputs.F_T,
      student: inputs.F_S,
      teacherProjector: inputs.P_T,
      studentProjector: inputs.P_S,
      teacherPredictor: inputs.Q,
      studentPredictor: inputs.Q,
    };
    expect(largestError(trainingCount.online(cost, 2), expected.on_2v)).toBeLessThanOrEqual(tol);
    expect(largestError(trainingCount.online(cost, 7), expected.on_7v)).toBeLessThanOrEqual(tol);
    expect(
      largestError(trainingCount.offlineStudent(cost, 2, 1), expected.off_stage2_2v_tn1),
    ).toBeLessThanOrEqual(tol);
  });
});

const coordinate = fc.float({ min: -3, max: 3, noNaN: true });

test("an image that is in the bank is its own nearest neighbor, at any scale", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 12 }),
      fc.float({ min: 0.5, max: 20, noNaN: true }),
      (count, scale) => {
        // Distinct directions on a semicircle.
        const directions = Array.from({ length: count }, (_, i) => [
          Math.cos((3 * i) / count),
          Math.sin((3 * i) / count),
        ]);
        const bank = { features: flat(directions), labels: directions.map((_, i) => i) };
        const queries = flat(directions.map((row) => row.map((x) => x * scale)));
        const votes = knnVotes(bank, queries, { neighbors: 1, temperature: 0.07, classes: count });
        expect(topKAccuracy(votes, bank.labels, 1)).toBe(1);
      },
    ),
  );
});

test("the kNN votes equal those of a plain sort over all similarities", () => {
  const row = fc.array(coordinate, { minLength: 3, maxLength: 3 }).filter((x) => Math.hypot(...x) > 0.1);
  fc.assert(
    fc.property(fc.array(row, { minLength: 5, maxLength: 15 }), row, (known, query) => {
      const labels = known.map((_, i) => i % 3);
      const cosine = (x: number[]) =>
        x.reduce((sum, value, d) => sum + value * (query[d] as number), 0) /
        Math.hypot(...x) /
        Math.hypot(...query);
      const nearest = known
        .map((x, i) => ({ similarity: cosine(x), label: labels[i] as number }))
        .sort((a, b) => b.similarity - a.similarity);
      // Rounding may swap nearly equal neighbors around rank k, so such draws are skipped.
      fc.pre((nearest[3]?.similarity as number) - (nearest[4]?.similarity as number) > 1e-5);
      const wanted = [0, 0, 0];
      for (const { similarity, label } of nearest.slice(0, 4)) {
        wanted[label] =
          (wanted[label] as number) + Math.exp((similarity - (nearest[0]?.similarity as number)) / 0.07);
      }
      const votes = knnVotes({ features: flat(known), labels }, Float32Array.from(query), {
        neighbors: 4,
        temperature: 0.07,
        classes: 3,
      });
      expect(largestError(Array.from(votes), wanted)).toBeLessThan(1e-4);
    }),
  );
});

describe("balanced accuracy", () => {
  const classes = 4;
  const scored = fc.array(
    fc.record({
      label: fc.nat(classes - 1),
      scores: fc.array(fc.nat(20), { minLength: classes, maxLength: classes }),
    }),
    { minLength: 1, maxLength: 40 },
  );
  const accuracies = (rows: readonly { readonly label: number; readonly scores: number[] }[]) => {
    const labels = rows.map(({ label }) => label);
    const scores = flat(rows.map((row) => row.scores));
    return { plain: topKAccuracy(scores, labels, 1), balanced: balancedAccuracy(scores, labels) };
  };

  test("is the mean of the accuracies on the rows of each class", () => {
    fc.assert(
      fc.property(scored, (rows) => {
        const parts = [0, 1, 2, 3].map((label) => rows.filter((row) => row.label === label));
        const each = parts.filter((part) => part.length > 0).map((part) => accuracies(part).plain);
        const mean = each.reduce((sum, one) => sum + one, 0) / each.length;
        expect(accuracies(rows).balanced).toBeCloseTo(mean, 12);
      }),
    );
  });

  test("does not change when a class is repeated, and is the accuracy if classes are equal", () => {
    fc.assert(
      fc.property(scored, fc.nat(classes - 1), (rows, label) => {
        const more = [...rows, ...rows.filter((row) => row.label === label)];
        expect(accuracies(more).balanced).toBeCloseTo(accuracies(rows).balanced, 12);
        const equal = rows.flatMap((row) => [0, 1, 2, 3].map((shifted) => ({ ...row, label: shifted })));
        expect(accuracies(equal).balanced).toBeCloseTo(accuracies(equal).plain, 12);
      }),
    );
  });

  test("of always answering the largest class is one over the classes, whatever their sizes", () => {
    const [train, test] = [
      [1, 0, 1, 1, 2],
      [1, 1, 1, 1, 1, 1, 0, 2, 2],
    ];
    expect(majorityOf(train, test)).toEqual({ label: 1, top1: 6 / 9, balanced: 1 / 3 });
    const scores = flat(test.map(() => [0, 1, 0]));
    expect(topKAccuracy(scores, test, 1)).toBeCloseTo(6 / 9, 12);
    expect(balancedAccuracy(scores, test)).toBeCloseTo(1 / 3, 12);
    expect(majorityOf([3, 3, 0], [0, 1])).toEqual({ label: 3, top1: 0, balanced: 0 });
  });

  test("has a curve from twice the images on", () => {
    expect(
      [
        [0, 1],
        [0, 0, 0, 1, 1],
        [0, 0, 1],
      ].map(hasUnequalClasses),
    ).toEqual([false, false, true]);
  });
});
