import type { ExperimentInput } from "../../src/protocol/experiment";
import { methods } from "../../src/protocol/methods/methods";
import type { SchemeMethod } from "../../src/protocol/schemes";
import { mildViews, SMALL_BATCH, smallPair, textureViews } from "../../src/protocol/suggestions";
import { type Candidate, measureOf, type Settings, searchSeeds } from "./grid";
import type { SearchRecord } from "./records";

/**
 * The search for the rates that the page suggests with a method (`rates` in src/protocol/methods): SGD on Textures, teacher and
 * student alike. Networks are small and equal, so that a small budget buys hundreds of steps.
 */

/** In TFLOP. */
export const rateBudget = 0.15;

/** Two of the search's seeds, none of which is reported on. */
export const rateSeeds = searchSeeds.slice(0, 2);

type SchemeInput = NonNullable<NonNullable<ExperimentInput["arms"]>[number]["scheme"]>;

interface Subject {
  readonly method: SchemeMethod;
  /** In TFLOP, where it is not {@link rateBudget}. */
  readonly tflops?: number;
  /** Settings other than the method's defaults, and what the tables call them. */
  readonly scheme?: SchemeInput & { readonly words: string };
}

/** Heads of the size that the study of these methods has: with the default's, MOKD is left too few steps to learn. */
const mokdScheme = { method: "mokd", prototypes: 256, patches: 1, words: "256 prototypes, 1 patch" } as const;

export const rateSubjects: readonly Subject[] = [
  { method: "simreg" },
  { method: "dogo" },
  // A step costs four times as much as the others'.
  { method: "mokd", scheme: mokdScheme, tflops: 2 * rateBudget },
  { method: "shake" },
  { method: "dkd" },
  { method: "kd", scheme: { method: "kd", standardized: true, words: "standardized logits" } },
  // Shares its rates with those above, and is compared with them in a study.
  { method: "dml" },
];

/** Per 256 images. Two seeds cannot tell more than two rates to a decade apart. */
export const searchedRates = [0.1, 0.3, 1, 3] as const;

const wordsOf = ({ scheme }: Subject, rate: number) =>
  scheme ? `${scheme.words}, rate ${rate}` : `rate ${rate}`;

/** The settings of a subject at each rate, by the words of the record. */
export function rateSettings(subject: Subject): readonly (readonly [words: string, settings: Settings])[] {
  const { method } = subject;
  const { words: _, ...scheme } = subject.scheme ?? { method, words: "" };
  const { optimiser, warmup } = methods[method].rates;
  return searchedRates.map((rate) => [
    wordsOf(subject, rate),
    {
      batchSize: SMALL_BATCH,
      views: methods[method].needsLabels ? mildViews : textureViews,
      arm: {
        ...smallPair,
        name: methods[method].name,
        scheme: scheme as SchemeInput,
        teacher: smallPair.student,
        warmup: warmup ?? smallPair.warmup,
        optimiser: { ...optimiser, learningRate: rate, teacherLearningRate: rate },
      },
    },
  ]);
}

/** One experiment for all rates and seeds of a method, whose arms are the candidates. */
export function rateJobs(wanted: readonly Candidate[]) {
  return rateSubjects.flatMap((subject) => {
    const words = rateSettings(subject).map(([change]) => change);
    const candidates = wanted.filter(
      ({ method, change }) => method === subject.method && words.includes(change),
    );
    const [first] = candidates;
    if (!first) return [];
    const arms = candidates.flatMap(({ experiment, change }) =>
      experiment.arms.map((arm) => ({ ...arm, name: change })),
    );
    return [{ experiment: { ...first.experiment, arms, seeds: [...rateSeeds] }, candidates }];
  });
}

const percent = (share: number) => (100 * share).toFixed(1);

/** A row for each subject: the mean over seeds at each rate, each seed's in parentheses, and what the page suggests. */
export function rateTable(records: readonly SearchRecord[]): readonly string[] {
  return rateSubjects.flatMap((subject) => {
    const { method, scheme } = subject;
    const found = searchedRates.map((rate) => {
      const own = records.filter(
        (record) => record.method === method && record.change === wordsOf(subject, rate),
      );
      const shares = own.flatMap(({ validation }) => validation[measureOf(method)] ?? []);
      return { rate, own, shares, mean: shares.reduce((sum, one) => sum + one, 0) / shares.length };
    });
    const made = found.filter(({ shares }) => shares.length > 0);
    if (made.length === 0) return [];
    const best = made.reduce((one, other) => (other.mean > one.mean ? other : one));
    const cells = found.map(({ shares, mean }) =>
      shares.length === 0 ? "–" : `${percent(mean)} (${shares.map(percent).join(", ")})`,
    );
    const { optimiser } = methods[method].rates;
    const measure = measureOf(method) === "top1" ? "classifier" : "kNN";
    return [
      [
        scheme ? `${methods[method].name}, ${scheme.words}` : methods[method].name,
        measure,
        best.own[0]?.steps,
        ...cells,
        best.rate,
        optimiser?.learningRate,
      ],
    ].map((row) => `| ${row.join(" | ")} |`);
  });
}

export const rateTableHead = [
  `| method | accuracy | steps | ${searchedRates.map((rate) => `rate ${rate}`).join(" | ")} | best | suggested |`,
  `|---|---|---|${"---|".repeat(searchedRates.length + 2)}`,
];
