import type { ExperimentInput } from "../../src/protocol/experiment";
import { methods } from "../../src/protocol/methods/methods";
import type { SchemeMethod } from "../../src/protocol/schemes";
import { mildViews, SMALL_BATCH, smallPair, textureViews } from "../../src/protocol/suggestions";
import { type Settings, searchSeeds } from "./grid";

/**
 * The search for the rates that the page suggests with a method (`rates` in src/protocol/methods), with the method's optimizer, on
 * Textures, teacher and student alike. Networks are small and, but for binary students, equal, so that a small budget buys
 * hundreds of steps.
 */

/** In TFLOP. */
export const rateBudget = 0.3;

/** Two of the search's seeds, none of which is reported on. */
export const rateSeeds = searchSeeds.slice(0, 2);

type SchemeInput = NonNullable<NonNullable<ExperimentInput["arms"]>[number]["scheme"]>;

interface Subject {
  readonly method: SchemeMethod;
  /** Settings other than the method's defaults, and what the tables call them. */
  readonly scheme?: SchemeInput & { readonly words: string };
}

/** Heads of the size that the study of these methods has: with the default's, MOKD is left too few steps to learn. */
const mokdScheme = { method: "mokd", prototypes: 256, patches: 1, words: "256 prototypes, 1 patch" } as const;

/** What a link that names no batch norm groups means: here four images each. */
const eightGroups = { normGroups: 8 } as const;

export const rateSubjects: readonly Subject[] = [
  { method: "simreg" },
  { method: "dogo" },
  { method: "mokd", scheme: mokdScheme },
  { method: "shake" },
  { method: "dkd" },
  { method: "kd", scheme: { method: "kd", standardized: true, words: "standardized logits" } },
  // Shares its rates with those above, and is compared with them in a study.
  { method: "dml" },
  { method: "moco" },
  { method: "moco", scheme: { method: "moco", ...eightGroups, words: "8 groups" } },
  { method: "seed" },
  { method: "compress" },
  {
    method: "s2bnn",
    scheme: { method: "s2bnn", strategy: "contrast", ...eightGroups, words: "contrast, 8 groups" },
  },
  ...(["contrast", "both", "distillation"] as const).map((strategy) => ({
    method: "s2bnn" as const,
    scheme: { method: "s2bnn" as const, strategy, words: strategy },
  })),
];

/** Three to a decade would be finer than two seeds can tell. A contrastive head without batch norm dies at high rates. */
const ratesOf = (method: SchemeMethod): readonly number[] =>
  method === "s2bnn"
    ? [0.01, 0.03, 0.1, 0.3]
    : methods[method].needsLabels
      ? [0.1, 0.3, 1, 3]
      : [0.03, 0.1, 0.3, 1];

const wordsOf = ({ scheme }: Subject, rate: number) =>
  scheme ? `${scheme.words}, rate ${rate}` : `rate ${rate}`;

/** The settings of a subject at each rate, by the words of the record. */
export function rateSettings(subject: Subject): readonly (readonly [words: string, settings: Settings])[] {
  const { method } = subject;
  const { words: _, ...scheme } = subject.scheme ?? { method, words: "" };
  const { optimiser, warmup } = methods[method].rates;
  return ratesOf(method).map((rate) => [
    wordsOf(subject, rate),
    {
      batchSize: SMALL_BATCH,
      views: methods[method].needsLabels ? mildViews : textureViews,
      arm: {
        ...smallPair,
        name: methods[method].name,
        scheme: scheme as SchemeInput,
        teacher: smallPair.student,
        ...(method === "s2bnn" && { student: { network: "ReAct", width: 0.25 } as const }),
        warmup: warmup ?? smallPair.warmup,
        optimiser: { ...optimiser, learningRate: rate, teacherLearningRate: rate },
      },
    },
  ]);
}
