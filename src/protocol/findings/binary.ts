import { methods } from "../methods/methods";
import { mildViews, SMALL_BATCH, smallPair, suggestedGroups, textureViews } from "../suggestions";
import { type Finding, type FindingRecord, type FindingSource, seedsUpTo, unlabeledSetting } from "./finding";

/** Binary students without labels: strategies, teachers and optimizers. */

const source = "Shen et al. 2021 (S2-BNN)";
const metric = "finalLinear";

const base = {
  ...smallPair,
  ...methods.s2bnn.rates,
  steps: 800,
  teacherSteps: 800,
  student: { network: "ReAct", width: 0.25 },
} as const;
const withSgd = { optimiser: { ...methods.moco.rates.optimiser, weightDecay: 1e-4 } } as const;
const strategy = (name: "contrast" | "both" | "distillation") =>
  ({ method: "s2bnn", strategy: name, ...suggestedGroups("s2bnn", SMALL_BATCH) }) as const;
/** By contrast alone they begin to learn later than from a teacher. */
const longer = { ...base, steps: 1_600 } as const;
const inSteps = (training: "one" | "two") => ({ ...strategy("contrast"), training }) as const;

export const binaryRecords: readonly FindingRecord[] = [
  {
    id: "binary",
    question: "How should a binary student learn without labels?",
    source,
    curve: "probeTop1",
    experiment: {
      ...unlabeledSetting,
      views: textureViews,
      seeds: seedsUpTo(5),
      arms: [
        { ...base, name: "① contrast", scheme: strategy("contrast") },
        { ...base, name: "② both", scheme: strategy("both") },
        { ...base, name: "③ distillation", scheme: strategy("distillation") },
        {
          ...base,
          name: "③ teacher alongside",
          scheme: { ...strategy("distillation"), teacherTiming: "online" },
        },
        { ...base, name: "① mild views", scheme: strategy("contrast"), views: mildViews },
      ],
    },
  },
  {
    id: "binary-steps",
    question: "Should weights be binary from the start, and with which optimizer?",
    source,
    curve: "probeTop1",
    experiment: {
      ...unlabeledSetting,
      views: textureViews,
      seeds: seedsUpTo(5),
      arms: [
        { ...longer, name: "Adam, one step", scheme: inSteps("one") },
        { ...longer, name: "Adam, two steps", scheme: inSteps("two") },
        { ...longer, ...withSgd, name: "SGD, one step", scheme: inSteps("one") },
        { ...longer, ...withSgd, name: "SGD, two steps", scheme: inSteps("two") },
      ],
    },
  },
  {
    id: "probe-rates",
    question: "Which rate does a linear classifier need on features of Adam and of SGD?",
    source,
    curve: "probeTop1",
    experiment: {
      ...unlabeledSetting,
      views: textureViews,
      evaluation: { ...unlabeledSetting.evaluation, probe: "sgd" },
      seeds: seedsUpTo(10),
      arms: [
        { ...longer, name: "Adam, one step", scheme: inSteps("one") },
        { ...longer, ...withSgd, name: "SGD, one step", scheme: inSteps("one") },
      ],
    },
  },
];

const onImageNet = (figures: string) => `${figures} (ImageNet top-1 of a binary network, linear evaluation)`;

const inTwoSteps =
  "Published code trains in two steps, the weights binary only in the second; no figure is given for one.";
const steps: readonly Finding[] = [
  {
    id: "two-steps-adam",
    record: "binary-steps",
    question: "With Adam, does it help to make the weights binary only in a second step?",
    reported: inTwoSteps,
    predicts: "more",
    difference: { arm: "Adam, two steps", against: "Adam, one step", metric },
    studies: ["s2bnn-baseline"],
  },
  {
    id: "two-steps-sgd",
    record: "binary-steps",
    question: "With SGD, does it help to make the weights binary only in a second step?",
    reported: inTwoSteps,
    predicts: "more",
    difference: { arm: "SGD, two steps", against: "SGD, one step", metric },
    studies: ["s2bnn-baseline"],
  },
  {
    id: "adam-sgd",
    record: "binary-steps",
    question: "Is Adam better than SGD for a binary student?",
    reported: onImageNet("52.5 with Adam and milder views, 46.9 with MoCo's own settings"),
    predicts: "more",
    difference: { arm: "Adam, one step", against: "SGD, one step", metric },
    studies: ["s2bnn-baseline"],
  },
  {
    id: "adam-sgd-two-steps",
    record: "binary-steps",
    question: "In two steps, too, is Adam better than SGD for a binary student?",
    reported: onImageNet("52.5 with Adam and milder views, 46.9 with MoCo's own settings"),
    predicts: "more",
    difference: { arm: "Adam, two steps", against: "SGD, two steps", metric },
    studies: ["s2bnn-baseline"],
  },
];

const [adam, sgd] = ["Adam, one step", "SGD, one step"] as const;
const swept =
  "In a sweep of rates from 0.001 to 30, features of SGD want large ones, those of Adam small ones, and the best of Adam is the higher one; no figure is repeated here.";
/** Two decades apart, and not at the ends of the sweep. */
const rates = [10, 0.1] as const;
const probeRates: readonly Finding[] = [
  {
    id: "best-rates",
    record: "probe-rates",
    question:
      "With the best rate of its linear classifier for each, is Adam better than SGD for a binary student?",
    reported: swept,
    predicts: "more",
    difference: { arm: adam, against: sgd, metric },
    studies: ["s2bnn-baseline"],
  },
  {
    id: "rate-on-sgd",
    record: "probe-rates",
    question: "On features of SGD, is a linear classifier better at a rate of 10 than at 0.1?",
    reported: swept,
    predicts: "more",
    difference: { arm: sgd, against: sgd, metric, rates },
    studies: ["s2bnn-baseline"],
  },
  {
    id: "rate-on-adam",
    record: "probe-rates",
    question: "On features of Adam, is a linear classifier worse at a rate of 10 than at 0.1?",
    reported: swept,
    predicts: "less",
    difference: { arm: adam, against: adam, metric, rates },
    studies: ["s2bnn-baseline"],
  },
  {
    id: "rate-on-both",
    record: "probe-rates",
    question: "Does the larger rate do more for features of SGD than for those of Adam?",
    reported: swept,
    predicts: "more",
    difference: { arm: sgd, against: sgd, metric, rates },
    beyond: { arm: adam, against: adam },
    studies: ["s2bnn-baseline"],
  },
];

export const binaryFindings: FindingSource = {
  id: "s2bnn",
  name: "Shen et al. 2021, S2-BNN",
  findings: [
    {
      id: "both-contrast",
      record: "binary",
      question: "Does a teacher's embedding added to contrast (②) help a binary student?",
      reported: onImageNet("56.0 with ②, 52.5 with ①"),
      predicts: "more",
      difference: { arm: "② both", against: "① contrast", metric },
      studies: ["s2bnn-strategies"],
    },
    {
      id: "distillation-both",
      record: "binary",
      question: "Is the teacher's embedding alone (③) better than both?",
      reported: onImageNet("61.5 with ③, 56.0 with ②"),
      predicts: "more",
      difference: { arm: "③ distillation", against: "② both", metric },
      studies: ["s2bnn-strategies"],
    },
    {
      id: "distillation-contrast",
      record: "binary",
      question: "Is the teacher's embedding alone (③) better than contrast alone (①)?",
      reported: onImageNet("61.5 with ③, 52.5 with ①"),
      predicts: "more",
      difference: { arm: "③ distillation", against: "① contrast", metric },
      studies: ["s2bnn-strategies"],
    },
    {
      id: "teacher-alongside",
      record: "binary",
      question: "Is a teacher that learns alongside the binary student worse than a finished one?",
      reported: "The paper's teachers are finished; none given for one that learns alongside.",
      predicts: "less",
      difference: { arm: "③ teacher alongside", against: "③ distillation", metric },
      studies: ["s2bnn-online"],
    },
    {
      id: "mild-views",
      record: "binary",
      question: "Are milder views better for a binary student?",
      reported: onImageNet("52.5 with Adam and milder views, 46.9 with MoCo's own settings"),
      predicts: "more",
      difference: { arm: "① mild views", against: "① contrast", metric },
      studies: ["s2bnn-baseline"],
    },
    ...steps,
    ...probeRates,
  ] satisfies readonly Finding[],
};
