import { defaultScheme, type Scheme, type SchemeMethod, schemeMethods } from "../../protocol/experiment";
import { methodOf, type SchemeOf } from "../../protocol/schemes";
import type { ArmInput } from "./trial.test-support";

/** The smallest scheme of each method, for batches of four. */
export const smallSchemes = Object.fromEntries(
  schemeMethods.map((method) => [method, { ...defaultScheme(method), ...methodOf({ method }).smallest }]),
) as { readonly [Method in SchemeMethod]: SchemeOf<Method> };

/** The same for larger batches, with a queue of two batches. */
export function smallSchemeFor(batchSize: number, scheme: Scheme): Scheme {
  const [queue] = methodOf(scheme).queues(scheme, batchSize);
  return queue ? ({ ...scheme, queue: 2 * batchSize } as Scheme) : scheme;
}

const binary = {
  student: { network: "ReAct", width: 0.125 },
  optimiser: { kind: "adam", learningRate: 0.02, teacherLearningRate: 0.02, weightDecay: 0 },
} as const satisfies ArmInput;

const optimisedBy = (
  kind: "adam" | "adamw" | "lars" | "shampoo",
  more: NonNullable<ArmInput["optimiser"]> = {},
) => ({ scheme: smallSchemes.supervised, optimiser: { kind, learningRate: 0.05, ...more } }) as const;

const { seed, compress, s2bnn, moco, dino, kd, dkd, dml, funmatch, ssld } = smallSchemes;

/** Variants of methods whose steps differ from the default's, by name. docs/captured.md uses these names. */
export const variants = {
  "SimDis-On-7v": { scheme: { method: "simdis-on", targets: [1, 2, 3, 4, 5, 6, 7] } },
  "SimDis-On, two heads": { scheme: { method: "simdis-on", targets: [3, 5, 7], heads: "two" } },
  "MoCo-v2, both directions": { scheme: { ...moco, symmetric: true } },
  "SEED with patches": { scheme: { ...seed, patches: 2 } },
  "SEED, MoCo teacher": { scheme: { method: "seed", queue: 16 }, steps: 50 },
  "CompRess 2q, filled by the student itself": { scheme: { ...compress, studentQueue: "plain" } },
  "CompRess 1q": { scheme: { ...compress, queues: "one" }, teacher: { network: "R8", width: 0.25 } },
  "S2-BNN ①": { ...binary, scheme: { ...s2bnn, strategy: "contrast" } },
  "S2-BNN ②": { ...binary, scheme: { ...s2bnn, strategy: "both" } },
  "S2-BNN ③": { ...binary, scheme: { ...s2bnn, strategy: "distillation" } },
  "S2-BNN ②, online teacher": { ...binary, scheme: { ...s2bnn, teacherTiming: "online" } },
  "S2-BNN ③, two-step training": {
    ...binary,
    scheme: { ...s2bnn, strategy: "distillation", training: "two" },
  },
  "DINO with patches": { scheme: { ...dino, patches: 2 } },
  "KD, Hinton's": { scheme: { ...kd, scaling: "hinton", teacherBatchNorm: "train" } },
  "KD, standardized logits": { scheme: { ...kd, standardized: true } },
  "SSLD, standardized logits": { scheme: { ...ssld, divergence: "KL", standardized: true } },
  "DKD, standardized logits": { scheme: { ...dkd, standardized: true } },
  "DML, sequential, three members": { scheme: { ...dml, order: "sequential", members: 3 } },
  "Function matching, fixed, whole": { scheme: { ...funmatch, input: "fixedResize" } },
  "Function matching, fixed, center": { scheme: { ...funmatch, input: "fixedCentre" } },
  "Function matching, fixed, windows": { scheme: { ...funmatch, input: "fixedMultiCrop" } },
  "Function matching, asked once": { scheme: { ...funmatch, input: "fixedResize", cachedTeacher: true } },
  "Function matching, independent": { scheme: { ...funmatch, input: "independent" } },
  "Function matching, consistent, square": { scheme: { ...funmatch, input: "consistentRandom" } },
  "Function matching, consistent": { scheme: { ...funmatch, input: "consistentInception" } },
  "Function matching, mixup apart": { scheme: { ...funmatch, mixup: "separate" } },
  "Function matching, two teachers": { scheme: { ...funmatch, teachers: 2 } },
  "Function matching, larger teacher's input": { scheme: { ...funmatch, teacherSize: 1.5 } },
  "Function matching, foreign images": { scheme: { ...funmatch, images: "noise" } },
  "SSLD, Jensen–Shannon": { scheme: { ...ssld, divergence: "trueJS" } },
  "SSLD, KL": { scheme: { ...ssld, divergence: "KL" } },
  "SSLD, soft cross-entropy": { scheme: { ...ssld, divergence: "CEsoft" } },
  "SSLD, AutoAugment": { scheme: { ...ssld, autoAugment: true } },
  "Adam, clipped": optimisedBy("adam", { clip: "global" }),
  AdamW: optimisedBy("adamw"),
  LARS: optimisedBy("lars"),
  Shampoo: optimisedBy("shampoo"),
} as const satisfies Readonly<Record<string, ArmInput>>;
