import type { Knob } from "./knobs";
import {
  batchNorm,
  heads,
  momentum,
  normGroups,
  patches,
  queue,
  targets,
  teacherMethod,
  temperature,
} from "./shared-knobs";

/** Settings of the schemes that learn without labels. Their order is the page's. */
export const selfSupervisedKnobs = {
  byol: {},
  "simdis-off": {
    targets,
    heads,
    teacherBatchNorm: batchNorm(
      "train",
      "The published code leaves the frozen teacher in training mode, so that its batch norm uses the statistics of each batch. Evaluation mode uses its running statistics.",
    ),
  },
  "simdis-on": { targets, heads },
  moco: {
    temperature: temperature(
      0.1,
      "Similarities are divided by it before the softmax: 0.2 on ImageNet, 0.1 on small images.",
    ),
    queue,
    momentum,
    normGroups,
    symmetric: {
      kind: "toggle",
      default: false,
      label: "Both directions",
      help: "Each view is query and key once, and the two losses are added. Costs about twice as much a step.",
    },
  },
  seed: {
    teacherMethod,
    temperature: temperature(0.2, "Of the student's similarities."),
    teacherTemperature: {
      ...temperature(
        0.01,
        "Of the teacher's similarities. The published code has 0.0001, nearly one-hot on the image itself; the paper's value is remembered as 0.01.",
      ),
      label: "Teacher's temperature",
    },
    queue,
    patches,
  },
  compress: {
    teacherMethod,
    temperature: temperature(0.04, "Of both networks' similarities."),
    queue,
    queues: {
      kind: "choice",
      options: ["two", "one"],
      default: "two",
      optionLabels: { two: "Two: each network its own", one: "One: the teacher's" },
      label: "Queues",
      help: "With one queue the student's features are mapped linearly to the teacher's dimension and compared with the teacher's.",
    },
    studentQueue: {
      kind: "choice",
      options: ["momentum", "plain"],
      default: "momentum",
      optionLabels: { momentum: "Its momentum copy", plain: "The student itself" },
      label: "Who fills the student's queue",
      help: "Only with two queues.",
    },
    momentum,
  },
  s2bnn: {
    strategy: {
      kind: "choice",
      options: ["contrast", "both", "distillation"],
      default: "distillation",
      optionLabels: {
        contrast: "① Contrast",
        both: "② Contrast and distillation",
        distillation: "③ Distillation",
      },
      label: "Strategy",
      help: "The paper's three: contrast alone, both terms added, or the teacher's embedding alone, which did best.",
    },
    teacherTiming: {
      kind: "choice",
      options: ["offline", "online"],
      default: "offline",
      optionLabels: { offline: "Trained before, frozen", online: "Learns beside the student" },
      label: "Teacher",
      help: "For strategies that distil. Online it is trained by MoCo in the same steps; nothing of the student's loss reaches it.",
    },
    teacherMethod,
    training: {
      kind: "choice",
      options: ["one", "two"],
      default: "one",
      optionLabels: {
        one: "One step: weights binary from the start",
        two: "Two steps: first activations, then weights",
      },
      label: "Binary training",
      help: "For a binary network (ReAct). In two steps the weights stay real for the first half of the steps.",
    },
    temperature: temperature(0.2, "Of both terms: similarities and embedding channels are divided by it."),
    queue,
    momentum,
    normGroups,
  },
  dino: {
    prototypes: {
      kind: "whole",
      min: 16,
      max: 8_192,
      default: 1_024,
      step: 256,
      label: "Prototypes",
      help: "Length of the outputs whose distributions are matched. A loss that stays at the logarithm of this number has collapsed.",
    },
    temperature: temperature(0.1, "Of the student's outputs."),
    teacherTemperature: {
      ...temperature(0.04, "Of the teacher's outputs at the start. Lower is the cure of a collapse."),
      label: "Teacher's temperature",
    },
    lastTeacherTemperature: {
      ...temperature(0.04, "Reached in a straight line after 30 % of the steps; the paper warms up to 0.07."),
      label: "Teacher's temperature, warmed up",
    },
    patches: { ...patches, default: 2 },
    frozenEpochs: {
      kind: "whole",
      min: 0,
      max: 10,
      default: 1,
      step: 1,
      unit: "epochs",
      label: "Prototypes stand still",
      help: "In the first epochs the last layer keeps its numbers, which steadies the start.",
    },
    clip: {
      kind: "real",
      min: 0,
      max: 100,
      default: 3,
      step: 1,
      label: "Clip each gradient",
      help: "Longest gradient of each parameter; 0 clips nothing. Where the optimiser has clipping of its own, that holds.",
    },
  },
} as const satisfies Record<string, Readonly<Record<string, Knob>>>;
