import * as tf from "@tensorflow/tfjs-core";
import type { Arm, Experiment } from "../../../protocol/experiment";
import { learnsFromModel, placesOfClasses, type TeacherModel } from "../../../protocol/teacher-model";
import { evaluateAnswers } from "../../evaluation/answered";
import type { DatasetParts, Evaluator, LiveEvaluation } from "../../evaluation/evaluator";
import { fitRidgeOn } from "../../evaluation/ridge";
import { Purpose, randomFor } from "../../math/random";
import type { TeachingModel } from "../../models/teaching-model";
import type { ModelTeacher } from "../learners/trained-teacher";
import type { TeacherAnswers } from "./asked-views";
import { answersToWhole, inOrder, modelAnswers, withHead } from "./model-answers";

/** Opens a model that is kept in this browser. @throws EngineFailure if it is not */
export type OpenModel = (model: TeacherModel) => Promise<TeachingModel>;

/** The models that teach the arms of an experiment. They are opened once, and shared by runs. */
export class ModelTeachers {
  private readonly measured = new Map<string, Promise<LiveEvaluation>>();

  private constructor(private readonly opened: ReadonlyMap<string, ModelTeacher>) {}

  /**
   * @param classNames of the images
   * @param fitting called before a head is fitted, which can take long
   */
  static async open(
    experiment: Experiment,
    { parts }: { readonly parts: DatasetParts },
    classNames: readonly string[],
    open: OpenModel | undefined,
    fitting: () => void = () => undefined,
  ): Promise<ModelTeachers> {
    const opened = new Map<string, ModelTeacher>();
    try {
      for (const arm of experiment.arms) {
        const { model } = arm;
        if (!model || opened.has(keyOf(arm))) continue;
        if (!open) throw new Error("No models can be opened here.");
        const features = modelAnswers(await open(model), model);
        opened.set(keyOf(arm), { kind: "model", answers: features, features });
        if (learnsFromModel(arm.scheme) !== "logits") continue;
        const places = placesOfClasses(model, classNames);
        if (places) {
          opened.set(keyOf(arm), { kind: "model", answers: inOrder(features, places), features });
          continue;
        }
        fitting();
        const answers = await headOn(features, parts);
        opened.set(keyOf(arm), { kind: "model", answers, features });
      }
    } catch (error) {
      await new ModelTeachers(opened).release();
      throw error;
    }
    return new ModelTeachers(opened);
  }

  /** The model that teaches an arm; undefined if a network does. */
  of(arm: Arm): ModelTeacher | undefined {
    return arm.model && this.opened.get(keyOf(arm));
  }

  /** Measures a model as networks are measured during training: once for each seed, since it never changes. */
  measure(arm: Arm, evaluator: Evaluator): Promise<LiveEvaluation> {
    const { features } = this.of(arm) ?? {};
    if (!features) throw new Error("The arm has no model.");
    const key = `${evaluator.seed} ${JSON.stringify(arm.model)}`;
    const known = this.measured.get(key);
    const measured =
      known ?? evaluateAnswers(evaluator, (images, chosen) => answersToWhole(features, images, chosen));
    this.measured.set(key, measured);
    return measured;
  }

  async release(): Promise<void> {
    for (const { answers } of this.opened.values()) await answers.release();
  }
}

const keyOf = ({ model, scheme }: Arm): string => JSON.stringify([model, learnsFromModel(scheme)]);

/** The largest number of training images that a head is fitted to. */
const mostHeadImages = 2_000;

async function headOn(features: TeacherAnswers, { train, classes }: DatasetParts) {
  const { count, labels } = train.set;
  const order = randomFor(0, Purpose.sample).permutation(count, 0);
  const chosen = Int32Array.from(order.subarray(0, mostHeadImages)).sort();
  const rows = await answersToWhole(features, train, chosen);
  const known = Array.from(chosen, (image) => labels[image] as number);
  const tensor = tf.tensor2d(rows, [chosen.length, features.dimension]);
  const head = await fitRidgeOn(tensor, known, classes);
  tensor.dispose();
  return withHead(features, head);
}
