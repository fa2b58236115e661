import { type Estimate, type FittingSize, type SizeMinutes, sizeMinutes } from "../../../protocol/estimate";
import type { Arm, Experiment } from "../../../protocol/experiment";
import { parseExperiment } from "../../../protocol/problems";
import { methodOf } from "../../../protocol/schemes";

/** Estimates an experiment; measures what has not been measured yet. */
export type EstimateOf = (experiment: Experiment) => Promise<Estimate>;

/** Below this many steps of the longest stage, images and widths are reduced before steps are. */
const leastSteps = 100;
/** Above this multiple of the steps there are more images as well, or networks only see the same ones again. */
const mostRepeats = 4;
/** Sizes are offered if they take at most this factor more or less than they are called. */
const tolerance = 1.25;
const leastImages = { train: 500, test: 200 } as const;
const mostImages = { train: 16_000, test: 2_000 } as const;
const widthUnit = 0.125;
/** Evaluations of a shorter training: fewer points than a long one's curve, and still a curve. */
const shortEvaluations = 10;
const factors = { least: 1 / 256, most: 16_384 } as const;
const mostTries = 6;
/** As a logarithm. */
const closeEnough = 0.03;

interface Sized {
  readonly experiment: Experiment;
  readonly estimate: Estimate;
}

/**
 * Finds the same comparison at sizes that take about 2, 10 and 60 minutes. All arms change alike: teachers stay before
 * students, equal lengths stay equal, and seeds, methods and rates stay as they are. A size that cannot be reached is
 * left out.
 */
export async function fittingSizes(
  experiment: Experiment,
  estimateOf: EstimateOf,
): Promise<readonly FittingSize[]> {
  const sizes: FittingSize[] = [];
  for (const minutes of sizeMinutes) {
    const found = await fittingSize(experiment, minutes, estimateOf);
    if (found) sizes.push(found);
  }
  return sizes;
}

async function fittingSize(
  experiment: Experiment,
  minutes: SizeMinutes,
  estimateOf: EstimateOf,
): Promise<FittingSize | undefined> {
  const wanted = 60_000 * minutes;
  const own = await estimateOf(experiment);
  if (isAbout(own.ms, wanted)) return { minutes, experiment, estimate: own };
  const isShorter = wanted < own.ms;
  let last: FittingSize | undefined;
  for (const body of isShorter ? smaller(experiment) : larger(experiment)) {
    const found = await stepsThatTake(body, wanted, estimateOf);
    if (!found) continue;
    last = { minutes, experiment: found.experiment, estimate: found.estimate };
    const longest = longestStage(last.experiment);
    const enough = Math.min(leastSteps, longestStage(experiment));
    if (isShorter ? longest >= enough : longest <= mostRepeats * longestStage(experiment)) break;
  }
  return last && isAbout(last.estimate.ms, wanted) ? last : undefined;
}

const isAbout = (ms: number, wanted: number): boolean => ms <= wanted * tolerance && ms >= wanted / tolerance;

/** The numbers of steps, by one factor for all, with which an experiment takes about as long as wanted. */
async function stepsThatTake(
  experiment: Experiment,
  wanted: number,
  estimateOf: EstimateOf,
): Promise<Sized | undefined> {
  const tried: (Sized & { readonly factor: number })[] = [];
  let factor = 1;
  for (let time = 0; time < mostTries; time++) {
    const parsed = parseExperiment(withSteps(experiment, factor));
    if (!parsed.ok) break;
    tried.push({ factor, experiment: parsed.experiment, estimate: await estimateOf(parsed.experiment) });
    tried.sort((a, b) => distance(a.estimate.ms, wanted) - distance(b.estimate.ms, wanted));
    const [best, second] = tried as [(typeof tried)[number], (typeof tried)[number] | undefined];
    if (distance(best.estimate.ms, wanted) < closeEnough) break;
    // Time grows linearly with the steps, from what takes as long with any number of them.
    const perFactor = second
      ? (best.estimate.ms - second.estimate.ms) / (best.factor - second.factor || 1)
      : best.estimate.ms;
    const next = best.factor + (wanted - best.estimate.ms) / (perFactor || best.estimate.ms);
    factor = Math.min(factors.most, Math.max(factors.least, next));
    if (tried.some((one) => one.factor === factor)) break;
  }
  return tried[0];
}

const distance = (ms: number, wanted: number): number => Math.abs(Math.log(ms / wanted));

const longestStage = ({ arms }: Experiment): number =>
  Math.max(...arms.map(({ steps, teacherSteps }) => Math.max(steps, teacherSteps)));

function withSteps(experiment: Experiment, factor: number): Experiment {
  const times = (steps: number) => (steps === 0 ? 0 : rounded(steps * factor));
  const arms = experiment.arms.map((arm) => ({
    ...arm,
    steps: times(arm.steps),
    teacherSteps: times(arm.teacherSteps),
    fixSteps: times(arm.fixSteps),
    start: isPretrained(arm) ? { ...arm.start, steps: times(arm.start.steps) } : arm.start,
  }));
  const { evaluation } = experiment;
  const longest = Math.max(...arms.map(({ steps }) => steps));
  const everySteps =
    factor < 1
      ? Math.min(evaluation.everySteps, Math.ceil(longest / shortEvaluations))
      : rounded(evaluation.everySteps * factor);
  return { ...experiment, arms, evaluation: { ...evaluation, everySteps } };
}

const isPretrained = ({ start: { from } }: Arm): boolean => from !== "scratch" && from !== "file";

/** To two digits, which are easy to read. */
function rounded(steps: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, steps))) - 1);
  return Math.max(1, Math.round(steps / unit) * unit);
}

/** The experiment as it is, with fewer images, and with narrower networks. */
function* smaller(experiment: Experiment): Generator<Experiment> {
  yield experiment;
  let fewer = experiment;
  for (const share of [1 / 2, 1 / 4]) {
    const next = withImages(experiment, share);
    if (!next) continue;
    fewer = next;
    yield next;
  }
  for (const share of [1 / 2, 1 / 4]) {
    const next = withWidths(fewer, share);
    if (next) yield next;
  }
}

function* larger(experiment: Experiment): Generator<Experiment> {
  yield experiment;
  for (const times of [2, 4]) {
    const next = withImages(experiment, times);
    if (next) yield next;
  }
}

/** Undefined where a network cannot become narrower in proportion: a teacher stays as much wider than its student. */
function withWidths(experiment: Experiment, share: number): Experiment | undefined {
  const arms = experiment.arms.map((arm) => ({
    ...arm,
    student: { ...arm.student, width: share * arm.student.width },
    teacher: { ...arm.teacher, width: share * arm.teacher.width },
  }));
  const isPossible = arms.every(({ student, teacher }) =>
    [student, teacher].every(({ width }) => Number.isInteger(width / widthUnit) && width > 0),
  );
  return isPossible ? { ...experiment, arms } : undefined;
}

/** Undefined where the number of images cannot change: imported ones, or a queue that needs them. */
function withImages(experiment: Experiment, times: number): Experiment | undefined {
  const { dataset, arms, batchSize } = experiment;
  if (dataset.source === "files") return undefined;
  const within = (count: number, part: "train" | "test") =>
    times < 1
      ? Math.min(count, Math.max(leastImages[part], rounded(count * times)))
      : Math.max(count, Math.min(mostImages[part], rounded(count * times)));
  const [train, test] = [within(dataset.train, "train"), within(dataset.test, "test")];
  const labeled = train * (1 - dataset.unlabelled);
  const isTooFew = arms.some(({ scheme }) => {
    const [queue] = methodOf(scheme).queues(scheme, batchSize);
    return queue !== undefined && queue.entries > labeled / 2;
  });
  const isSame = train === dataset.train && test === dataset.test;
  return isSame || isTooFew || batchSize > labeled
    ? undefined
    : { ...experiment, dataset: { ...dataset, train, test } };
}
