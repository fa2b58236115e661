import text from "./golden-vectors.json?raw";
import numpyText from "./numpy-vectors.json?raw";

/**
 * Golden values of the losses, updates, schedules, views, evaluations and costs: computed with 50 digits outside this
 * project and verified in float64, or in float64 by e2e/vectors/write.py. The first file describes schema and conventions
 * of both.
 */
export interface GoldenVector {
  readonly id: string;
  // biome-ignore lint/suspicious/noExplicitAny: each vector has its own shape; its test knows it.
  readonly inputs: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  readonly params: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  readonly expected: any;
  readonly tol: number;
}

const vectors = new Map(
  [text, numpyText]
    .flatMap((file) => (JSON.parse(file) as { vectors: GoldenVector[] }).vectors)
    .map((vector) => [vector.id, vector]),
);

/** Returns the golden vector named `id`. @throws Error when there is none */
export function goldenVector(id: string): GoldenVector {
  const vector = vectors.get(id);
  if (!vector) throw new Error(`There is no golden vector ${id}.`);
  return vector;
}

/** The largest error over all entries: absolute, or relative where |expected| > 1, as defined by the vectors' schema. */
export function largestError(actual: unknown, expected: unknown): number {
  const given = [actual].flat(10) as number[];
  const wanted = [expected].flat(10) as number[];
  if (given.length !== wanted.length) throw new Error(`${given.length} values, ${wanted.length} expected`);
  // Math.max propagates NaN.
  return Math.max(
    0,
    ...given.map((x, i) => Math.abs(x - (wanted[i] ?? Number.NaN)) / Math.max(1, Math.abs(wanted[i] ?? 1))),
  );
}
