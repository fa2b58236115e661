import type { Answer, Request } from "../../protocol/messages";
import type { Dataset } from "../dataset/dataset";
import { browserNetwork } from "../dataset/downloads/http";
import { HUB } from "../dataset/downloads/hub";
import type { LongTask } from "../dataset/long-task";
import { checkModel } from "./check-model";
import { listHubModels, takeHubModel, takeModel } from "./take-model";

/** What the page asks about models from elsewhere that may teach. */
export type ModelRequest = Extract<
  Request,
  { type: "take-model" | "list-hub-models" | "take-hub-model" | "check-model" }
>;

/** Answers it. @throws ModelUnreadable, HubModelError, EngineFailure, StorageFull; the signal's reason */
export async function answerOfModel(
  request: ModelRequest,
  dataset: Dataset | undefined,
  { signal, onProgress }: LongTask,
): Promise<Answer> {
  const access = { network: browserNetwork, hub: HUB, signal };
  switch (request.type) {
    case "take-model":
      return { type: "model-taken", described: await takeModel(request.files) };
    case "list-hub-models":
      return { type: "hub-models", listing: await listHubModels(access, request.address) };
    case "take-hub-model": {
      const report = (done: number, total: number) => onProgress?.({ phase: "downloading", done, total });
      return { type: "model-taken", described: await takeHubModel(access, request.wanted, report) };
    }
    case "check-model":
      return { type: "model-checked", checked: await checkModel(request.model, dataset) };
    default:
      return request satisfies never;
  }
}
