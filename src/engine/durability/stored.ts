import { EngineFailure, modelMissing } from "../failures";
import { readKept } from "../models/model-files";
import { teachingModel } from "../models/teaching-model";
import type { Stored } from "../training/open-context";
import { openAnswerFiles } from "./answer-files";
import { findModel } from "./imported-models";
import { findImported } from "./imported-weights";

/** What trainings find in the browser's private files. */
export const stored: Stored = {
  openAnswerFiles: () => openAnswerFiles(),
  findWeights: findImported,
  openModel: async (model) => {
    const kept = await findModel(model.hash);
    if (!kept) throw new EngineFailure(modelMissing(model));
    const runnable = await (await readKept(kept)).open();
    return teachingModel(runnable, model);
  },
};
