import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { type SchemeMethod, schemeMethods, targetViewNumbers } from "../../../protocol/experiment";
import type { BackendName } from "../../../protocol/messages";
import { startBackend } from "../../device/start";
import { entropy, logProbabilities } from "../../math/divergences";
import { largestError } from "../../math/golden-vectors.test-support";
import { isExactlyZero } from "../../math/gradient-check.test-support";
import { Purpose, randomFor } from "../../math/random";
import { candidateSimilarities, l2Normalize } from "../../math/similarities";
import { type Target, target } from "../../math/target";
import { randomQueue } from "../../operations/queue/queue";
import { byolLoss } from "../byol";
import { compressLoss } from "../compress";
import { dinoLoss, teacherEntropy } from "../dino";
import { dkdTerms, weighDkdTerms } from "../dkd";
import { mutualLoss, mutualTerms } from "../dml";
import { dogoTerms, similarityTarget, weighDogoTerms } from "../dogo";
import { functionMatchingLoss } from "../funmatch";
import { kdLoss, kdTerms } from "../kd";
import { infoNceLoss, symmetricInfoNceLoss } from "../moco";
import { type MokdTargets, mokdTerms, searchLoss, weighMokdTerms } from "../mokd";
import { channelDistillationLoss } from "../s2bnn";
import { seedLoss, seedMultiCropLoss } from "../seed";
import { shakeTerms, weighShakeTerms } from "../shake";
import { simdisTerms, targetViews } from "../simdis";
import { simregLoss } from "../simreg";
import { ssldDivergences, ssldLoss } from "../ssld";

/**
 * Laws of losses with a target, for every method of the catalog (docs/methods.md §11). The type of `laws` requires an
 * entry for each.
 */

const [batch, d] = [4, 6];
/** A loss of student and teacher, [4, 6] each. */
type Loss = (student: tf.Tensor2D, teacher: tf.Tensor2D) => tf.Scalar;

interface Law {
  /** Every form of the loss. */
  readonly losses: Readonly<Record<string, Loss>>;
  /**
   * Losses that are 0, with a gradient of 0, if the student equals its target: divergences, and cross-entropies minus
   * the entropy.
   */
  readonly zeroBetweenEquals: Readonly<Record<string, Loss>>;
}

const random = (seed: number): tf.Tensor2D => tf.randomNormal([batch, d], 0, 1, "float32", seed);
const labels = () => tf.tensor1d([0, 5, 2, 2], "int32");
const queue = (seed = 1) => randomQueue(8, d, randomFor(seed, Purpose.init)).rows;
const both = (x: tf.Tensor2D) => ({ v: x, vPrime: tf.reverse(x, 0) });
const bothStopped = (x: tf.Tensor2D) => ({ v: target(x), vPrime: target(tf.reverse(x, 0)) });
const less = (loss: tf.Scalar, part: tf.Scalar): tf.Scalar => tf.sub(loss, part);
const meanEntropy = (logits: tf.Tensor2D, temperature: number): tf.Scalar =>
  tf.mean(entropy(logProbabilities(target(logits), temperature)));

const alike = { student: 0.2, teacher: 0.2 };
const settings = { temperature: 4 } as const;
const dogoSettings = { weight: 1, temperature: 0.5, klTemperature: 0.1 } as const;
const shakeSettings = { gamma: 1, alpha: 0.5, beta: 1, temperature: 4, standardized: true } as const;
const dkdForms = [
  ["plain", settings],
  ["standardized", { ...settings, standardized: true }],
] as const;
const kdForms = [
  ["article", { scaling: "article" }],
  ["hinton", { scaling: "hinton" }],
  ["standardized", { scaling: "article", standardized: true }],
] as const;

const simdis: Law = {
  losses: Object.fromEntries(
    targetViewNumbers.map((view): [string, Loss] => [
      `view ${view}`,
      (s, t) => {
        const [term] = simdisTerms([view], () => both(s), { [targetViews[view].network]: bothStopped(t) });
        return term as tf.Scalar;
      },
    ]),
  ),
  // Only a target of the same view can equal the student's output.
  zeroBetweenEquals: {
    "view 4": (s, t) => simdisTerms([4], () => both(s), { teacher: bothStopped(t) })[0] as tf.Scalar,
  },
};

const center = () => target(tf.zeros([d]) as tf.Tensor1D);

const mokdTargets = (t: tf.Tensor2D) => {
  const views = [target(t), target(tf.reverse(t, 0) as tf.Tensor2D)];
  return { pooled: views, places: views, pooledCenter: center(), placesCenter: center() };
};
function mokdOf(s: tf.Tensor2D, ...rest: [MokdTargets, MokdTargets, Target[]]): tf.Scalar {
  const views = [s, tf.reverse(s, 0) as tf.Tensor2D, s];
  return weighMokdTerms(mokdTerms({ pooled: views, places: views }, ...rest, alike), 0.5);
}

const laws: Readonly<Record<SchemeMethod, Law | "no target">> = {
  supervised: "no target",
  detection: "no target",
  byol: {
    losses: { BYOL: (s, t) => byolLoss(both(s), bothStopped(t)) },
    zeroBetweenEquals: {
      BYOL: (s, t) => byolLoss(both(s), { v: target(tf.reverse(t, 0)), vPrime: target(t) }),
    },
  },
  "simdis-off": simdis,
  "simdis-on": simdis,
  simreg: {
    losses: { SimReg: (s, t) => simregLoss(s, target(t)) },
    zeroBetweenEquals: { SimReg: (s, t) => simregLoss(s, target(t)) },
  },
  dogo: {
    losses: {
      DoGo: (s, t) =>
        weighDogoTerms(dogoTerms(both(s), similarityTarget(both(t)), dogoSettings), dogoSettings.weight),
    },
    zeroBetweenEquals: {
      "the other's term": (s, t) => dogoTerms(both(s), similarityTarget(both(t)), dogoSettings).imitation,
    },
  },
  shake: {
    losses: {
      "by the student": (s, t) =>
        weighShakeTerms(shakeTerms(s, random(8), target(t), labels(), shakeSettings), shakeSettings),
      "by the shadow head": (s, t) =>
        weighShakeTerms(shakeTerms(random(8), s, target(t), labels(), shakeSettings), shakeSettings),
    },
    zeroBetweenEquals: {
      "the teacher's term": (s, t) => shakeTerms(s, t, target(t), labels(), shakeSettings).imitation,
      "the shadow head's term": (s, t) => shakeTerms(s, t, target(t), labels(), shakeSettings).ofShadow,
    },
  },
  mokd: {
    losses: {
      "own copy": (s, t) => mokdOf(s, mokdTargets(t), mokdTargets(random(9)), [target(random(8))]),
      "the other's copy": (s, t) => mokdOf(s, mokdTargets(random(9)), mokdTargets(t), [target(random(8))]),
      search: (s, t) => mokdOf(s, mokdTargets(random(9)), mokdTargets(random(8)), [target(t)]),
    },
    zeroBetweenEquals: {
      search: (s, t) => less(searchLoss([s], [target(t)], alike), meanEntropy(t, alike.teacher)),
    },
  },
  moco: {
    losses: {
      InfoNCE: (s, t) => infoNceLoss(s, target(t), queue()),
      "both directions": (s, t) => symmetricInfoNceLoss(both(s), bothStopped(t), queue()),
    },
    // InfoNCE is not a divergence.
    zeroBetweenEquals: {},
  },
  seed: {
    losses: {
      SEED: (s, t) => seedLoss(s, target(t), queue(), { student: 0.2, teacher: 0.1 }),
      "multi-crop": (s, t) => seedMultiCropLoss([{ student: s, teacher: target(t), queue: queue() }]),
    },
    zeroBetweenEquals: {
      SEED: (s, t) => {
        const similarities = candidateSimilarities(target(t), target(t), queue());
        return less(seedLoss(s, target(t), queue(), alike), meanEntropy(similarities, 0.2));
      },
    },
  },
  compress: {
    losses: {
      "2q": (s, t) => compressLoss(s, target(t), { teacher: queue(1), student: queue(2) }, 0.2),
      "1q": (s, t) => compressLoss(s, target(t), { teacher: queue(), student: queue() }, 0.2),
    },
    zeroBetweenEquals: {
      CompRess: (s, t) => compressLoss(s, target(t), { teacher: queue(), student: queue() }),
    },
  },
  s2bnn: {
    losses: {
      contrast: (s, t) => infoNceLoss(s, target(t), queue()),
      distillation: (s, t) => channelDistillationLoss(s, target(t)),
    },
    zeroBetweenEquals: {
      distillation: (s, t) =>
        less(channelDistillationLoss(s, target(t)), meanEntropy(l2Normalize(t) as tf.Tensor2D, 0.2)),
    },
  },
  dino: {
    losses: { DINO: (s, t) => dinoLoss([s, tf.reverse(s, 0)], [target(t)], center()) },
    zeroBetweenEquals: {
      // The student's second view is compared with the teacher's first.
      DINO: (s, t) => {
        const loss = dinoLoss([tf.zerosLike(s), s], [target(t)], center(), alike);
        return less(loss, teacherEntropy([target(t)], center(), alike.teacher));
      },
    },
  },
  kd: {
    losses: Object.fromEntries(
      kdForms.map(([form, own]): [string, Loss] => [
        form,
        (s, t) => kdLoss(s, target(t), labels(), { ...settings, alpha: 0.5, ...own }),
      ]),
    ),
    zeroBetweenEquals: Object.fromEntries(
      kdForms.map(([form, own]): [string, Loss] => [
        form,
        (s, t) => kdTerms(s, target(t), labels(), { ...settings, ...own }).imitation,
      ]),
    ),
  },
  dkd: {
    losses: Object.fromEntries(
      dkdForms.map(([form, own]): [string, Loss] => [
        form,
        (s, t) => weighDkdTerms(dkdTerms(s, target(t), labels(), own), { alpha: 1, beta: 8 }, 0.5),
      ]),
    ),
    zeroBetweenEquals: Object.fromEntries(
      dkdForms.flatMap(([form, own]) =>
        (["targetClass", "otherClasses"] as const).map((part): [string, Loss] => [
          `${form}, ${part}`,
          (s, t) => dkdTerms(s, target(t), labels(), own)[part],
        ]),
      ),
    ),
  },
  dml: {
    losses: { "three members": (s, t) => mutualLoss(s, [target(t), target(random(9))], labels()) },
    zeroBetweenEquals: {
      "two peers that agree": (s, t) => {
        const { ensemble, peerEntropy } = mutualTerms(s, [target(t), target(t)], labels());
        return less(ensemble, peerEntropy);
      },
    },
  },
  funmatch: {
    losses: {
      "one teacher": (s, t) => functionMatchingLoss(s, [target(t)], 2),
      "two teachers": (s, t) => functionMatchingLoss(s, [target(t), target(random(9))], 2),
    },
    zeroBetweenEquals: {
      "one teacher": (s, t) => functionMatchingLoss(s, [target(t)], 2),
      "two teachers that agree": (s, t) => functionMatchingLoss(s, [target(t), target(t)], 10),
    },
  },
  ssld: {
    losses: {
      ...Object.fromEntries(
        ssldDivergences.map((name): [string, Loss] => [name, (s, t) => ssldLoss(name, s, target(t))]),
      ),
      standardized: (s, t) => ssldLoss("KL", s, target(t), true),
    },
    zeroBetweenEquals: Object.fromEntries(
      ssldDivergences.map((name): [string, Loss] => [
        name,
        (s, t) => {
          const loss = ssldLoss(name, s, target(t));
          return name === "CEsoft" ? less(loss, meanEntropy(t, 1)) : loss;
        },
      ]),
    ),
  },
};

const every = (which: keyof Law): [string, string, Loss][] =>
  schemeMethods.flatMap((method) => {
    const law = laws[method];
    return law === "no target"
      ? []
      : Object.entries(law[which]).map(([form, loss]): [string, string, Loss] => [method, form, loss]);
  });

describe.each<BackendName>(["webgpu", "cpu"])("on %s", (backend) => {
  beforeAll(async () => void (await startBackend(backend)));

  test.each(every("losses"))(
    "%s, %s: the target gets no gradient, the student gets one",
    async (_, __, loss) => {
      const [ofStudent, ofTarget] = tf.grads((s, t) => loss(s as tf.Tensor2D, t as tf.Tensor2D))([
        random(1),
        random(2),
      ]);
      expect(await isExactlyZero(ofTarget)).toBe(true);
      expect(await isExactlyZero(ofStudent)).toBe(false);
    },
  );

  test.each(every("zeroBetweenEquals"))(
    "%s, %s: 0 with a gradient of 0 if student and target are equal, larger otherwise",
    async (_, __, loss) => {
      const [own, other] = [random(3), random(4)];
      expect(Math.abs(await loss(own, own).array())).toBeLessThan(2e-6);
      const gradient = await tf
        .grad((s) => loss(s as tf.Tensor2D, own))(own)
        .array();
      expect(largestError(gradient, Array(batch * d).fill(0))).toBeLessThan(1e-5);
      expect(await loss(other, own).array()).toBeGreaterThan(1e-3);
    },
  );
});
