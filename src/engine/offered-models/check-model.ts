import { presentEvaluation } from "../../protocol/experiment";
import type { ImageStrip } from "../../protocol/image-strip";
import { type AskedModel, type CheckedModel, modelLimits } from "../../protocol/teacher-model";
import type { Dataset } from "../dataset/dataset";
import { findModel } from "../durability/imported-models";
import { evaluateAnswers } from "../evaluation/answered";
import { flattenImages } from "../evaluation/embed";
import { Evaluator } from "../evaluation/evaluator";
import { EngineFailure, modelMissing } from "../failures";
import { readKept } from "../models/model-files";
import { ModelUnreadable } from "../models/model-unreadable";
import { shapeOf } from "../models/runnable-model";
import { type Pictures, type TeachingModel, teachingModel } from "../models/teaching-model";
import { answersToWhole, modelAnswers } from "../training/teachers/model-answers";
import { normalizationOf } from "../views/normalization";
import { opaque } from "../views/preview";
import { ResidentImages } from "../views/resident-images";
import { atOnce, gray } from "./gray-images";

/** Images that a check shows to the model: enough for a rough accuracy, few enough to wait for. */
const checkedImages = 300;
const seed = 1;

/** @throws EngineFailure if the model is not kept; ModelUnreadable if it cannot be run as asked */
export async function checkModel(asked: AskedModel, dataset: Dataset | undefined): Promise<CheckedModel> {
  const kept = await findModel(asked.hash);
  if (!kept) throw new EngineFailure(modelMissing(asked));
  const read = await readKept(kept);
  if (read.input.side !== undefined && read.input.side !== asked.side)
    throw new ModelUnreadable(`Its images have ${read.input.side} pixels per side, not ${asked.side}.`);
  if (asked.side > modelLimits.side || asked.side < 1)
    throw new ModelUnreadable("Its images have no such size.");
  const model = await read.open();
  const teaching = teachingModel(model, asked);
  try {
    const image = {
      pixels: new Float32Array(asked.side ** 2 * 3).fill(0.5),
      count: 1,
      side: asked.side,
      channels: 3,
    };
    const dimension = (await teaching.answer(image)).length;
    if (dimension > modelLimits.outputs)
      throw new ModelUnreadable(`Its answer has ${dimension} numbers; the limit is ${modelLimits.outputs}.`);
    const begin = performance.now();
    await teaching.answer(image);
    const msPerImage = performance.now() - begin;
    const size = shapeOf(read.input, atOnce(model), asked.side);
    const macs = Math.round((await model.macs(gray(model, asked.side), size)) / atOnce(model));
    const complete = { ...asked, dimension, macs, parameters: read.parameters };
    let seen: ImageStrip | undefined;
    const watched: TeachingModel = {
      ...teaching,
      answer: (pictures) => {
        seen ??= stripOf(pictures);
        return teaching.answer(pictures);
      },
    };
    const knn = dataset && (await knnOf(dataset, modelAnswers(watched, complete)));
    return { model: complete, msPerImage, ...(seen && { seen }), ...(knn && { knn }) };
  } finally {
    await teaching.release();
  }
}

/** Images that are shown as the model is given them. */
const mostSeen = 4;

function stripOf({ pixels, count, side, channels }: Pictures): ImageStrip {
  const shown = Math.min(count, mostSeen);
  const rgba = opaque(pixels.subarray(0, shown * side ** 2 * channels), channels);
  return { count: shown, size: side, rgba };
}

async function knnOf(
  { train, validation, test, classNames }: Dataset,
  answers: ReturnType<typeof modelAnswers>,
): Promise<CheckedModel["knn"]> {
  const held = validation.count > 0 ? validation : test;
  if (train.count < 2 || held.count === 0) return undefined;
  const normalization = normalizationOf(train);
  const [known, asked] = [train, held].map((set) => ResidentImages.upload(set, normalization)) as [
    ResidentImages,
    ResidentImages,
  ];
  try {
    const parts = { train: known, validation: asked, test: asked, classes: classNames.length };
    const settings = {
      ...presentEvaluation,
      everySteps: 1,
      knnNeighbours: 20,
      knnTemperature: 0.07,
      images: checkedImages,
    };
    const evaluator = new Evaluator(parts, settings, seed, 2);
    const ofModel = await evaluateAnswers(evaluator, (images, some) => answersToWhole(answers, images, some));
    const ofPixels = await evaluateAnswers(evaluator, async (images, some) => {
      const pixels = flattenImages(images, some);
      const values = (await pixels.data()) as Float32Array;
      pixels.dispose();
      return values;
    });
    return { ofModel: ofModel.knnTop1, ofPixels: ofPixels.knnTop1, images: evaluator.queries.length };
  } finally {
    known.dispose();
    asked.dispose();
  }
}
