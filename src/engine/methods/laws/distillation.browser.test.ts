import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startTested, type TestedBackend } from "../../compiled/compiled-kernels.test-support";
import { startBackend } from "../../device/start";
import { goldenVector, largestError } from "../../math/golden-vectors.test-support";
import { gradientError, isExactlyZero } from "../../math/gradient-check.test-support";
import { sumOf } from "../../math/sum";
import { target } from "../../math/target";
import { mutualLoss, mutualTerms, updateCohort } from "../dml";
import { functionMatchingLoss } from "../funmatch";
import { kdDefaults, kdLoss } from "../kd";
import { type SsldDivergence, ssldDivergences, ssldLoss } from "../ssld";
import { supervisedLoss } from "../supervised";

type Loss = (student: tf.Tensor2D, teacher: tf.Tensor2D) => tf.Scalar;

const [batch, classes] = [4, 5];
const random = (seed: number): tf.Tensor2D => tf.randomNormal([batch, classes], 0, 2, "float32", seed);
const labels = () => tf.tensor1d([0, 3, 4, 3], "int32");
const one = (logits: number[]) => tf.tensor2d([logits]);
const gradientOf = (loss: Loss, student: tf.Tensor2D, teacher: tf.Tensor2D) =>
  tf.grad((s) => loss(s as tf.Tensor2D, teacher))(student);

describe.each<TestedBackend>(["webgpu", "compiled", "cpu"])("on %s", (backend) => {
  const slack = backend === "cpu" ? 1 : 10; // the schema of the vectors allows this for fp32
  beforeAll(async () => void (await startTested(startBackend, backend)));

  describe("golden vectors", () => {
    const within = async (id: string, value: tf.Tensor | undefined, wanted: unknown) =>
      expect(largestError(await value?.array(), wanted)).toBeLessThanOrEqual(slack * goldenVector(id).tol);

    test("kd.seed_vs_hinton", async () => {
      const id = "kd.seed_vs_hinton";
      const { inputs, params, expected } = goldenVector(id);
      const [student, teacher] = [tf.tensor2d(inputs.student_logits), tf.tensor2d(inputs.teacher_logits)];
      const y = tf.tensor1d(inputs.labels, "int32");
      const settings = { alpha: params.alpha, temperature: params.T };
      const loss =
        (own: Partial<typeof kdDefaults>): Loss =>
        (s, t) =>
          kdLoss(s, target(t), y, { ...kdDefaults, ...settings, ...own });
      await within(id, supervisedLoss(student, y), expected.ce);
      await within(id, loss({ alpha: 1 })(student, teacher), expected.kl_T);
      await within(id, loss({})(student, teacher), expected.loss_seed);
      await within(id, loss({ scaling: "hinton" })(student, teacher), expected.loss_T2);
      const mdistiller = loss({ scaling: "hinton", alpha: 0.9 })(student, teacher);
      await within(id, mdistiller, expected.loss_mdistiller);
      await within(id, gradientOf(loss({}), student, teacher), expected.grad_seed);
      await within(id, gradientOf(loss({ scaling: "hinton" }), student, teacher), expected.grad_T2);
    });

    test("dml.loss_m3", async () => {
      const id = "dml.loss_m3";
      const { inputs, expected } = goldenVector(id);
      const cohort = (inputs.logits as number[][][]).map((logits) => tf.tensor2d(logits));
      const y = tf.tensor1d([inputs.label], "int32");
      for (const [i, own] of cohort.entries()) {
        const peers = cohort.filter((_, j) => j !== i).map((peer) => target(peer));
        await within(id, mutualLoss(own, peers, y), expected.loss[i]);
        if (i > 0) continue;
        const parts = mutualTerms(own, peers, y);
        const sum = tf.sub(tf.add(parts.labels, parts.ensemble), parts.peerEntropy);
        await within(id, sum, expected.loss0_reshaped);
      }
    });

    test("dml.update_order", async () => {
      const id = "dml.update_order";
      const { inputs, params, expected } = goldenVector(id);
      const cohort = [one(inputs.logits1), one(inputs.logits2)];
      const y = tf.tensor1d([inputs.label], "int32");
      const descend = (own: tf.Tensor2D, peers: readonly tf.Tensor2D[]) => {
        const stopped = peers.map((peer) => target(peer));
        const gradient = tf.grad((x) => mutualLoss(x as tf.Tensor2D, stopped, y))(own);
        return tf.sub(own, tf.mul(params.lr, gradient)) as tf.Tensor2D;
      };
      for (const order of ["simultaneous", "sequential"] as const) {
        const [first, second] = updateCohort(cohort, order, descend);
        await within(id, first, [expected.after1]);
        await within(id, second, [expected[`after2_${order}`]]);
      }
    });

    test("ssld.losses", async () => {
      const id = "ssld.losses";
      const { inputs, expected } = goldenVector(id);
      const [student, teacher] = [one(inputs.student_logits), target(one(inputs.teacher_logits))];
      const names = { paddleJS: "paddle_js", trueJS: "true_js", KL: "kl_t_s", CEsoft: "ce_soft" } as const;
      for (const divergence of ssldDivergences) {
        await within(id, ssldLoss(divergence, student, teacher), expected[names[divergence]]);
      }
    });

    test("ssld.js_bound", async () => {
      const id = "ssld.js_bound";
      const { inputs, expected } = goldenVector(id);
      const [student, teacher] = [one(inputs.student_logits), target(one(inputs.teacher_logits))];
      await within(id, ssldLoss("paddleJS", student, teacher), expected.paddle_js);
      await within(id, ssldLoss("trueJS", student, teacher), expected.true_js);
      expect(expected.true_js).toBeLessThan(expected.ln2);
    });

    test("ssld.grad", async () => {
      const id = "ssld.grad";
      const { inputs, expected } = goldenVector(id);
      const loss: Loss = (s, t) => ssldLoss("paddleJS", s, target(t));
      const gradient = gradientOf(loss, one(inputs.student_logits), one(inputs.teacher_logits));
      await within(id, gradient, [expected.grad]);
    });

    test("funmatch.kl_ensemble", async () => {
      const id = "funmatch.kl_ensemble";
      const { inputs, params, expected } = goldenVector(id);
      const student = one(inputs.student_logits);
      const teachers = [target(one(inputs.teacher1)), target(one(inputs.teacher2))];
      const loss = (s: tf.Tensor2D, chosen = teachers) => functionMatchingLoss(s, chosen, params.T);
      await within(id, loss(student, teachers.slice(0, 1)), expected.kl_T2_teacher1);
      await within(id, loss(student, teachers.slice(1)), expected.kl_T2_teacher2);
      await within(id, loss(student), expected.mean);
      const ensemble = [probabilityMean(teachers, params.T)];
      await within(id, loss(student, ensemble), expected.kl_to_prob_mean);
      const gradients = [teachers, ensemble].map((chosen) =>
        tf.grad((s) => loss(s as tf.Tensor2D, chosen))(student),
      );
      await within(id, gradients[0], [expected.grad_mean]);
      await within(id, gradients[1], [expected.grad_prob_mean]);
    });
  });

  const losses: Record<string, Loss> = {
    KD: (s, t) => kdLoss(s, target(t), labels()),
    "KD with τ²": (s, t) => kdLoss(s, target(t), labels(), { ...kdDefaults, scaling: "hinton" }),
    DML: (s, t) => mutualLoss(s, [target(t), target(random(9))], labels()),
    FunMatch: (s, t) => functionMatchingLoss(s, [target(t), target(random(9))], 2),
    ...Object.fromEntries(
      ssldDivergences.map(
        (name) => [`SSLD ${name}`, (s, t) => ssldLoss(name, s, target(t))] as [string, Loss],
      ),
    ),
  };

  test.each(Object.entries(losses))(
    "%s: the gradient matches finite differences, and the target has none",
    async (_, loss) => {
      const [s, t] = [random(1), random(2)];
      expect(await gradientError((x) => loss(x, t), s)).toBeLessThan(5e-3);
      const [own, other] = tf.grads((a, b) => loss(a as tf.Tensor2D, b as tf.Tensor2D))([s, t]);
      expect(await isExactlyZero(own)).toBe(false);
      expect(await isExactlyZero(other)).toBe(true);
    },
  );

  test.each(Object.entries(losses))("%s stays finite if probabilities vanish", async (_, loss) => {
    const [s, t] = [tf.mul(random(1), 200) as tf.Tensor2D, tf.mul(random(2), 200) as tf.Tensor2D];
    const values = await tf
      .concat([tf.reshape(loss(s, t), [1]), tf.reshape(gradientOf(loss, s, t), [-1])])
      .data();
    expect(Array.from(values).every(Number.isFinite)).toBe(true);
  });

  test.each<SsldDivergence>(["KL", "paddleJS", "trueJS"])(
    "%s and its gradient are 0 if student and teacher are equal",
    async (name) => {
      const logits = random(3);
      const loss: Loss = (s, t) => ssldLoss(name, s, target(t));
      expect(Math.abs(await loss(logits, logits).array())).toBeLessThan(1e-6);
      const gradient = await gradientOf(loss, logits, logits).array();
      expect(largestError(gradient, Array(batch * classes).fill(0))).toBeLessThan(1e-6);
    },
  );

  test("KL and soft cross-entropy train alike with a frozen teacher, JS does not", async () => {
    const [start, teacher] = [random(1), random(2)];
    const trained = async (name: SsldDivergence) => {
      let student = start;
      for (let step = 0; step < 20; step++) {
        const gradient = gradientOf((s, t) => ssldLoss(name, s, target(t)), student, teacher);
        student = tf.sub(student, gradient) as tf.Tensor2D;
      }
      return student.array();
    };
    const [kl, ce, js] = [await trained("KL"), await trained("CEsoft"), await trained("trueJS")];
    expect(largestError(ce, kl)).toBeLessThan(1e-4);
    expect(largestError(js, kl)).toBeGreaterThan(1e-2);
  });

  test("KD with α = 0 is the supervised loss, bit for bit, including its gradient", async () => {
    const [s, t] = [random(1), random(2)];
    const kd: Loss = (x, y) => kdLoss(x, target(y), labels(), { ...kdDefaults, alpha: 0 });
    const plain: Loss = (x) => supervisedLoss(x, labels());
    expect(await kd(s, t).array()).toBe(await plain(s, t).array());
    expect(await gradientOf(kd, s, t).array()).toEqual(await gradientOf(plain, s, t).array());
  });

  test("Hinton's factor makes the teacher's gradient τ² times as large; without it the gradient fades", async () => {
    const [s, t] = [random(1), random(2)];
    const norm = async (temperature: number, scaling: "article" | "hinton") => {
      const loss: Loss = (x, y) => kdLoss(x, target(y), labels(), { alpha: 1, temperature, scaling });
      return tf.norm(gradientOf(loss, s, t)).array() as Promise<number>;
    };
    expect((await norm(4, "hinton")) / (await norm(4, "article"))).toBeCloseTo(16, 3);
    expect((await norm(10, "article")) / (await norm(40, "article"))).toBeGreaterThan(12);
    const [warm, hot] = [await norm(10, "hinton"), await norm(40, "hinton")];
    expect(hot / warm).toBeGreaterThan(0.8);
    expect(hot / warm).toBeLessThan(1.25);
  });

  test("DML's loss is labels + ensemble − peers' entropy, and the entropy has no gradient", async () => {
    const cohort = [1, 2, 3, 4].map(random);
    for (const [i, own] of cohort.entries()) {
      const peers = cohort.filter((_, j) => j !== i).map((peer) => target(peer));
      const parts = mutualTerms(own, peers, labels());
      const sum = tf.sub(tf.add(parts.labels, parts.ensemble), parts.peerEntropy);
      const whole = mutualLoss(own, peers, labels());
      expect(largestError(await sum.array(), await whole.array())).toBeLessThan(1e-5);
      const gradients = [
        (x: tf.Tensor2D) => mutualLoss(x, peers, labels()),
        (x: tf.Tensor2D) => {
          const { labels: supervised, ensemble } = mutualTerms(x, peers, labels());
          return tf.add(supervised, ensemble) as tf.Scalar;
        },
      ].map((loss) =>
        tf
          .grad((x) => loss(x as tf.Tensor2D))(own)
          .array(),
      );
      const [left, right] = await Promise.all(gradients);
      expect(largestError(left, right)).toBeLessThan(1e-5);
    }
  });

  test("a crashed member keeps learning, but its peers no longer learn from it", () => {
    const seen = new Map<number, readonly string[]>();
    const update = (own: string, peers: readonly string[], index: number) => {
      seen.set(index, peers);
      return `${own}'`;
    };
    expect(updateCohort(["a", "b", "c"], "sequential", update, new Set([1]))).toEqual(["a'", "b'", "c'"]);
    expect([...seen.entries()]).toEqual([
      [0, ["c"]],
      [1, ["a'", "c"]],
      [2, ["a'"]],
    ]);
    const alone = mutualLoss(random(1), [], labels());
    const supervised = supervisedLoss(random(1), labels());
    return Promise.all([alone.array(), supervised.array()]).then(([a, b]) => expect(a).toBe(b));
  });

  test("several teachers give the gradient of one teacher with the mean of their probabilities", async () => {
    const [s, teachers] = [random(1), [2, 3, 4].map((seed) => target(random(seed)))];
    const gradient = (chosen: typeof teachers) =>
      tf
        .grad((x) => functionMatchingLoss(x as tf.Tensor2D, chosen, 3))(s)
        .array();
    const mean = await gradient([probabilityMean(teachers, 3)]);
    expect(largestError(await gradient(teachers), mean)).toBeLessThan(1e-5);
    const logitMean = target(tf.div(sumOf(teachers), teachers.length) as tf.Tensor2D);
    expect(largestError(await gradient([logitMean]), mean)).toBeGreaterThan(1e-3);
    expect(() => functionMatchingLoss(s, [], 1)).toThrow(/needs a teacher/);
  });
});

/** Logits whose probabilities at τ are the mean of the given teachers' probabilities. */
function probabilityMean(teachers: readonly tf.Tensor2D[], temperature: number) {
  const probabilities = teachers.map((teacher) => tf.softmax(tf.div(teacher, temperature)));
  const mean = tf.div(sumOf(probabilities), teachers.length);
  return target(tf.mul(temperature, tf.log(mean)) as tf.Tensor2D);
}
