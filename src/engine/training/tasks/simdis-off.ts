import { targetViewsOf } from "../../../protocol/schemes";
import { paperCount } from "../../evaluation/compute";
import { networksNeeded } from "../../methods/simdis";
import { createLearner, probeRandom } from "../create-networks";
import { byolTeacher } from "../learners/trained-teacher";
import { type MethodTraining, usual } from "./parts/method-training";
import { predictorsOf } from "./parts/predictors";
import { SimdisTask, type SimdisTeacher, simdisCost, simdisParameters } from "./parts/simdis";

export const simdisOff: MethodTraining<"simdis-off"> = {
  ...usual,
  create: ({ context, shared, arm, scheme, seed, teacher, own, randoms }) => {
    const views = targetViewsOf(scheme);
    const names = predictorsOf(scheme.heads, views);
    const learner = own(createLearner(context, arm, seed, "student", names));
    const source: SimdisTeacher =
      teacher?.kind === "model"
        ? teacher
        : { kind: "frozen", learner: byolTeacher(teacher), batchNorm: scheme.teacherBatchNorm };
    const probes = { student: randoms.probe, teacher: probeRandom(seed, "teacher") };
    return new SimdisTask(shared, scheme.heads, views, learner, source, probes);
  },
  cost: (given) => {
    const views = targetViewsOf(given.scheme);
    const heads = predictorsOf(given.scheme.heads, views).length;
    const needed = networksNeeded(views);
    const frozen = given.arm.model
      ? 1
      : (["teacher", "momentumTeacher"] as const).filter((name) => needed.has(name)).length;
    const cost = simdisCost(given);
    return {
      stages: [
        given.teacherStage(given.selfSupervisedTeacher("byol")),
        given.studentStage(given.count.offlineStudent(cost, heads, frozen)),
      ],
      paperMacs: paperCount.offline(cost),
      parameters: simdisParameters(given, heads),
    };
  },
  probedViews: () => 2,
};
