import type * as tf from "@tensorflow/tfjs-core";
import type { TrainingBackend } from "../../backend/backend";
import { type Convolution, type ConvolutionChoices, choicesOf, type Family, type Pass } from "./choice";
import type { ConvolutionKernel } from "./filter-gradient";
import type { ConvolutionShape } from "./programs";

/** The time of one family for one convolution. */
export interface FamilyTime {
  readonly family: Family;
  /** Milliseconds per dispatch, including the sum of its parts if it has parts. */
  readonly ms: number;
}

/** One measurement and the number of convolutions that it decided. */
export interface Tuning {
  readonly convolution: Convolution;
  readonly times: readonly FamilyTime[];
  readonly chosen: Family;
  readonly decided: number;
}

/** A family must be this many times as fast as the preferred one, so that noise does not decide. */
const worthwhile = 1.15;
/** The least duration of a measurement, so that the cost of submitting work does not matter. */
const leastMs = 6;
const rounds = 3;
/** Families that first take this many times as long as the fastest are not measured further. */
const hopeless = 3;
const mostRepeats = 256;

const sizesOf = (pass: Pass, s: ConvolutionShape): readonly [number, number, number] => {
  const x = s.batch * s.height * s.width * s.from;
  const w = s.kernelHeight * s.kernelWidth * s.from * s.to;
  const y = s.batch * s.outHeight * s.outWidth * s.to;
  switch (pass) {
    case "forward":
      return [x, w, y];
    case "input gradient":
      return [y, w, x];
    case "filter gradient":
      return [x, y, w];
    default:
      return pass satisfies never;
  }
};

const macsOf = ({ shape: s }: Convolution) =>
  s.batch * s.outHeight * s.outWidth * s.to * s.from * s.kernelHeight * s.kernelWidth;

/** The kind of a convolution. Devices treat those of one kind alike, so the largest of them decides for all. */
const kindOf = ({ pass, shape: s }: Convolution) => {
  const filter = s.kernelHeight * s.kernelWidth === 1 ? "one tap" : "taps";
  const channels = s.from < 8 || s.to < 8 ? "few" : s.from * s.to >= 4096 ? "many" : "some";
  return `${pass}, ${filter}, ${channels} channels`;
};

/** Creates tensors for a kernel and the function that runs it on them; dispose the result. */
function rehearse(backend: TrainingBackend, kernel: ConvolutionKernel, { pass, shape }: Convolution) {
  const sizes = sizesOf(pass, shape);
  const [a, b, out] = sizes.map((size) => backend.output([size])) as [
    tf.TensorInfo,
    tf.TensorInfo,
    tf.TensorInfo,
  ];
  const bias = pass === "forward" && shape.biased ? [backend.output([shape.to])] : [];
  const sums = kernel.reduce && backend.output([kernel.splits, sizes[2]]);
  return {
    encode: () => {
      backend.run(kernel.partial, [a, b, ...bias, sums ?? out]);
      if (kernel.reduce && sums) backend.run(kernel.reduce, [sums, out]);
    },
    dispose: () => {
      for (const { dataId } of [a, b, ...bias, out, ...(sums ? [sums] : [])]) backend.disposeData(dataId);
    },
  };
}

const timeOf = (backend: TrainingBackend, encode: () => void, repeats: number): Promise<number> =>
  backend.timed(() => {
    for (let i = 0; i < repeats; i++) encode();
  });

/** Times all families that can compute a convolution: the minimum of several rounds, with the families in turn. */
async function measure(
  backend: TrainingBackend,
  choices: ConvolutionChoices,
  convolution: Convolution,
): Promise<FamilyTime[]> {
  const runs = choices.available.flatMap((family) => {
    const kernel = choices.kernelOf(convolution, family);
    return kernel
      ? [{ family, repeats: 1, ms: Number.POSITIVE_INFINITY, ...rehearse(backend, kernel, convolution) }]
      : [];
  });
  await backend.prepare(() => {
    for (const { encode } of runs) encode();
  });
  for (const run of runs) {
    await timeOf(backend, run.encode, 1);
    run.ms = await timeOf(backend, run.encode, 1);
  }
  const least = Math.min(...runs.map(({ ms }) => ms));
  const hopeful = runs.filter(({ ms }) => ms <= hopeless * least);
  for (const run of hopeful) {
    run.ms = Number.POSITIVE_INFINITY;
    while (run.repeats < mostRepeats && (await timeOf(backend, run.encode, run.repeats)) < leastMs) {
      run.repeats *= 4;
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (const run of hopeful) {
      run.ms = Math.min(run.ms, (await timeOf(backend, run.encode, run.repeats)) / run.repeats);
    }
  }
  for (const { dispose } of runs) dispose();
  return runs.map(({ family, ms }) => ({ family, ms }));
}

/** The undecided convolutions, grouped by kind, the groups with the most work first. */
function undecided(choices: ConvolutionChoices): Convolution[][] {
  const kinds = new Map<string, Convolution[]>();
  for (const convolution of choices.met) {
    if (choices.hasChosen(convolution)) continue;
    const kind = kindOf(convolution);
    kinds.set(kind, [...(kinds.get(kind) ?? []), convolution]);
  }
  const workOf = (alike: readonly Convolution[]) => alike.reduce((sum, one) => sum + macsOf(one), 0);
  return [...kinds.values()].sort((a, b) => workOf(b) - workOf(a));
}

/**
 * Times the families on the largest undecided convolution of each kind, and chooses the fastest for all of that kind.
 * Must not be called while a step is recorded. Earlier recordings keep their kernels.
 *
 * Decisions depend on time and never on the adapter's name. Families differ in their rounding; to reproduce a run, store
 * `choicesOf(device).table()` and pass it to `restore`. Convolutions that the budget does not cover get the preferred
 * family, which is also final: a training keeps its kernels once it has begun.
 *
 * @param budgetMs the time after which no further measurement starts, in milliseconds
 */
export async function tuneConvolutions(
  backend: TrainingBackend,
  budgetMs = Number.POSITIVE_INFINITY,
): Promise<Tuning[]> {
  const choices = choicesOf(backend.device);
  const start = performance.now();
  const tunings: Tuning[] = [];
  for (const alike of undecided(choices)) {
    const convolution = alike.reduce((a, b) => (macsOf(b) > macsOf(a) ? b : a));
    const preferred = choices.familyOf(convolution);
    const isLate = performance.now() - start > budgetMs;
    const times = isLate ? [] : await measure(backend, choices, convolution);
    const fastest = times.reduce<FamilyTime | undefined>((a, b) => (a && a.ms <= b.ms ? a : b), undefined);
    const usual = times.find(({ family }) => family === preferred) ?? fastest;
    const isWorthIt = fastest && usual && usual.ms > worthwhile * fastest.ms;
    const chosen = isWorthIt ? fastest.family : preferred;
    for (const one of alike) choices.choose(one, chosen);
    tunings.push({ convolution, times, chosen, decided: alike.length });
  }
  return tunings;
}
