import { targetViewsOf } from "../../../protocol/schemes";
import { paperCount } from "../../evaluation/compute";
import { createLearner, probeRandom } from "../create-networks";
import { type MethodTraining, usual } from "./parts/method-training";
import { byolPredictor, predictorsOf } from "./parts/predictors";
import { SimdisTask, simdisCost, simdisParameters } from "./parts/simdis";

export const simdisOn: MethodTraining<"simdis-on"> = {
  ...usual,
  create: ({ context, shared, arm, scheme, seed, own, randoms }) => {
    const views = targetViewsOf(scheme);
    const names = predictorsOf(scheme.heads, views);
    const learner = own(createLearner(context, arm, seed, "student", names));
    const teacher = own(createLearner(context, arm, seed, "teacher", [byolPredictor]));
    const probes = { student: randoms.probe, teacher: probeRandom(seed, "teacher") };
    const source = { kind: "online", learner: teacher } as const;
    return new SimdisTask(shared, scheme.heads, views, learner, source, probes);
  },
  cost: (given) => {
    const heads = predictorsOf(given.scheme.heads, targetViewsOf(given.scheme)).length;
    const cost = simdisCost(given);
    return {
      stages: [given.jointStage(given.count.online(cost, heads))],
      // The paper's table charges predictors only to the seven-view scheme, beyond the first.
      paperMacs: paperCount.online(cost, heads > 2 ? heads - 1 : 0),
      parameters: simdisParameters(given, heads),
    };
  },
  probedViews: () => 2,
};
