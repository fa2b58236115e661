import { isSameDataset } from "../protocol/experiment";
import type { Answer, Command, EngineEvent, Request, RequestId } from "../protocol/messages";
import { backendPreference, startBackend } from "./backend";
import { pickGallery } from "./dataset/gallery";
import { datasetMissing, deviceLost, EngineFailure, failureOf, noBackend, notRunning } from "./failures";
import { type LoadedDataset, loadDataset } from "./loaded-dataset";
import { planRuns } from "./training/plan";

type Identified = Request & { readonly requestId: RequestId };

/** What lives behind the worker's door: one backend, one dataset, at most one experiment in training. */
export class Session {
  private readonly cancellations = new Map<RequestId, AbortController>();
  private loaded: LoadedDataset | undefined;

  constructor(private readonly send: (event: EngineEvent) => void) {}

  /** Takes every command; each request is answered or fails, exactly once. */
  receive(command: Command): void {
    if (command.type === "cancel") this.cancellations.get(command.requestId)?.abort();
    else if (command.type === "credit") return;
    else void this.respond(command);
  }

  private async respond(request: Identified): Promise<void> {
    const { requestId } = request;
    const controller = new AbortController();
    this.cancellations.set(requestId, controller);
    try {
      const answer = await this.answer(request, controller.signal);
      this.send({ type: "answer", requestId, answer });
    } catch (error) {
      this.send({ type: "request-failed", requestId, failure: failureOf(error) });
    } finally {
      this.cancellations.delete(requestId);
    }
  }

  private async answer(request: Identified, signal: AbortSignal): Promise<Answer> {
    switch (request.type) {
      case "start-backend":
        return this.startBackend();
      case "load-shapes":
      case "load-files": {
        const { requestId } = request;
        this.loaded = await loadDataset(request, {
          signal,
          onProgress: (progress) => this.send({ type: "dataset-progress", requestId, progress }),
        });
        return { type: "dataset", summary: this.loaded.summary };
      }
      case "sample-gallery": {
        const { dataset, settings } = this.dataset("the images");
        return {
          type: "gallery",
          samples: pickGallery(dataset, request.part, request.perClass, settings.seed),
        };
      }
      case "plan": {
        const held = this.loaded && isSameDataset(this.loaded.settings, request.experiment.dataset);
        const { dataset } = request.experiment;
        const built = dataset.source === "shapes" ? dataset.train : request.experiment.batchSize;
        return {
          type: "plan",
          runs: planRuns(
            request.experiment,
            held ? (this.loaded as LoadedDataset).dataset.train.count : built,
          ),
        };
      }
      case "preview-views":
      case "start":
        throw new Error("Not built yet.");
      case "pause":
      case "resume":
      case "step":
      case "stop":
        throw new EngineFailure(notRunning(request.type));
      default:
        return request satisfies never;
    }
  }

  private dataset(name: string): LoadedDataset {
    if (!this.loaded) throw new EngineFailure(datasetMissing(name));
    return this.loaded;
  }

  private async startBackend(): Promise<Answer> {
    const reasons: string[] = [];
    for (const name of backendPreference) {
      try {
        const { device, lost } = await startBackend(name);
        void lost.then((cause) => this.send({ type: "engine-failed", failure: deviceLost(cause) }));
        const software = name === "cpu" || /swiftshader|llvmpipe|software/i.test(device);
        return { type: "backend", device: { backend: name, name: device, software } };
      } catch (error) {
        reasons.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    throw new EngineFailure(noBackend(reasons.join(" ")));
  }
}
