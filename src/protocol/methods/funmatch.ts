import { defineMethod, none, type Refusal, trainedBefore } from "./method";
import { batchNorm, temperature } from "./shared/knobs";
import { labelRates } from "./shared/rates";

const refused = {
  changingTeacher: "off: only a teacher with a fixed input and running statistics always answers the same",
  fixedInput: "fixedResize, fixedCentre or fixedMultiCrop while the teacher is asked once",
  runningStatistics: "eval while the teacher is asked once: batch statistics depend on the batch",
} as const;

export const funmatch = defineMethod({
  name: "Function matching",
  summary:
    "The student matches a frozen teacher as a function: on the same distorted images, without labels, with patience.",
  paper: {
    title: "Knowledge distillation: A good teacher is patient and consistent",
    authors: "Beyer et al.",
    year: 2022,
    arxiv: "2106.05237",
  },
  caveats: [
    "The paper's text can be read as applying mixup to each network separately; its code applies it once, to both. Default: once.",
    "Gains over merely consistent inputs show in long runs only.",
    "The paper's teachers use group norm, so it does not say how a teacher's batch norm should behave.",
  ],
  knobs: {
    input: {
      kind: "choice",
      options: [
        "functionMatching",
        "consistentInception",
        "consistentRandom",
        "independent",
        "fixedResize",
        "fixedCentre",
        "fixedMultiCrop",
      ],
      default: "functionMatching",
      optionLabels: {
        functionMatching: "Function matching: one crop and mixup, shared",
        consistentInception: "Consistent: one inception crop, shared",
        consistentRandom: "Consistent: one square crop, shared",
        independent: "Independent noise: a crop each",
        fixedResize: "Fixed teacher: the whole image",
        fixedCentre: "Fixed teacher: its center",
        fixedMultiCrop: "Fixed teacher: mean over all windows",
      },
      label: "Inputs of the two networks",
      help: "The paper's point: both should see exactly the same image, however it is distorted. With a fixed teacher the student's crop differs from what the teacher saw.",
    },
    temperature: temperature(
      2,
      "Both networks' logits are divided by it before the softmax. The paper tries 1, 2, 5 and 10.",
    ),
    mixup: {
      kind: "choice",
      options: ["shared", "separate"],
      default: "shared",
      optionLabels: { shared: "The same for both", separate: "A weight for each" },
      label: "Mixup",
      help: "Only with function matching. Mixing for each network by itself contradicts the paper's argument and its code, in which both see the same mixed images.",
    },
    teachers: {
      kind: "whole",
      min: 1,
      max: 3,
      default: 1,
      step: 1,
      label: "Teachers",
      help: "Several teachers start from different random numbers; the student learns from the mean of their divergences, which has the gradient of their mean probabilities.",
    },
    teacherSize: {
      kind: "real",
      min: 1,
      max: 4,
      default: 1,
      step: 0.25,
      unit: "×",
      label: "Teacher's image size",
      help: "The teacher is trained on and shown the same crops, at this many times the student's pixels per side: from the larger images where the experiment keeps them, otherwise resampled.",
    },
    images: {
      kind: "choice",
      options: ["own", "shapes", "backgrounds", "noise"],
      default: "own",
      optionLabels: {
        own: "The training images",
        shapes: "Out of domain: hard Shapes of another seed",
        backgrounds: "Out of domain: backgrounds without a shape",
        noise: "Out of domain: noise",
      },
      label: "Student's images",
      help: "Function matching needs no labels, so any images will do: the same number of others is drawn, which the teacher has never seen. Teacher, evaluation and probe keep to the training and held-out images. The paper finds that the closer the domain, the better.",
    },
    cachedTeacher: {
      kind: "toggle",
      default: false,
      label: "Ask the teacher once",
      help: "The teacher's answers are computed once for each image and kept: cheaper steps with equal losses, but only a fixed teacher answers the same in every epoch. The paper advises against it, because both networks should see the same distorted image.",
    },
    teacherBatchNorm: batchNorm(
      "eval",
      "The paper's teachers have no batch norm. Running statistics make the teacher a fixed function.",
    ),
  },
  words: {
    samePixels: "p of the same pixels",
    fixedCrop: "fixed",
    inputs: "x_T, x_S: inputs of teacher and student",
    ...refused,
  },
  needsLabels: true,
  hasClassifier: true,
  rates: labelRates,
  smallest: {},
  teacher: trainedBefore("supervised"),
  targetViews: none,
  queues: none,
  peers: none,
  idle: ({ input }) => (input === "functionMatching" ? [] : ["mixup"]),
  refusals: ({ cachedTeacher, input, teacherBatchNorm }, { at }) => {
    if (!cachedTeacher) return [];
    const cached: Refusal = {
      path: at("cachedTeacher"),
      allowed: refused.changingTeacher,
    };
    const refusals: Refusal[] = [];
    if (!input.startsWith("fixed")) {
      const allowed = refused.fixedInput;
      refusals.push(cached, { path: at("input"), allowed });
    }
    if (teacherBatchNorm === "train") {
      const allowed = refused.runningStatistics;
      refusals.push(cached, { path: at("teacherBatchNorm"), allowed });
    }
    return refusals;
  },
});
