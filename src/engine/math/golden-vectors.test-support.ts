/** The golden vectors lie outside the project; tests that need them say so when they are absent. */

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

const files = import.meta.glob<string>("../../../../shared/vectors.json", {
  query: "?raw",
  import: "default",
  eager: true,
});
const [text] = Object.values(files);

/** By id; undefined where the file is absent. */
export const goldenVectors: ReadonlyMap<string, GoldenVector> | undefined =
  text === undefined
    ? undefined
    : new Map((JSON.parse(text) as { vectors: GoldenVector[] }).vectors.map((vector) => [vector.id, vector]));

/** For the title of a suite that needs them. */
export const goldenVectorsState = goldenVectors
  ? "golden vectors"
  : "golden vectors (skipped: no ../shared/vectors.json)";

/** @throws when there is no such vector */
export function goldenVector(id: string): GoldenVector {
  const vector = goldenVectors?.get(id);
  if (!vector) throw new Error(`There is no golden vector ${id}.`);
  return vector;
}

/** The largest error over all entries: absolute, or relative where |expected| > 1, as the vectors' schema says. */
export function largestError(actual: unknown, expected: unknown): number {
  const given = [actual].flat(10) as number[];
  const wanted = [expected].flat(10) as number[];
  if (given.length !== wanted.length) throw new Error(`${given.length} values, ${wanted.length} expected`);
  // Math.max forgets no NaN.
  return Math.max(
    0,
    ...given.map((x, i) => Math.abs(x - (wanted[i] ?? Number.NaN)) / Math.max(1, Math.abs(wanted[i] ?? 1))),
  );
}
