import { isSameDataset } from "../protocol/experiment";
import type {
  Answer,
  Command,
  EngineEvent,
  Request,
  RequestId,
  WeightsFile,
  WeightsFormat,
} from "../protocol/messages";
import type { StartedBackend } from "./backend";
import { chooseBackend } from "./backend-choice";
import { imagesAt, pickGallery } from "./dataset/gallery";
import { findInterrupted, forgetInterrupted } from "./durability/checkpoint-keeper";
import { keepDataset } from "./durability/dataset-vault";
import { findWeights } from "./durability/weights-vault";
import { exportWeights } from "./exported-weights";
import {
  datasetMissing,
  deviceLost,
  EngineFailure,
  failureOf,
  nothingToContinue,
  notRunning,
  notSaved,
} from "./failures";
import { HandedFiles } from "./files-in-parts";
import { takeWeights } from "./import-weights";
import { KernelTuner } from "./kernel-tuning";
import { trainingBackend } from "./kernels/backend";
import { imagesOf, type LoadedDataset, loadDataset } from "./loaded-dataset";
import { planRuns } from "./training/plan-runs";
import { TrainingSession } from "./training-session";
import { previewView } from "./views/preview";

type Identified = Request & { readonly requestId: RequestId };

/** What lives behind the worker's door: one backend, one dataset, at most one experiment in training. */
export class Session {
  private readonly cancellations = new Map<RequestId, AbortController>();
  private loaded: LoadedDataset | undefined;
  private readonly handed = new HandedFiles();
  private training: TrainingSession | undefined;
  /** Resolves when the images of the training are safe, or cannot be. */
  private keeping: Promise<void> | undefined;
  /** What is computed with now; undefined before the first start and after the GPU was taken away. */
  private device: StartedBackend | undefined;
  /** For GPUs: on a processor that draws WebGPU, compiling what is to be compared takes longer than it can save. */
  private tuner: KernelTuner | undefined;
  /** What the page asked for; a device that is lost is replaced by one of the same kind. */
  private wantedBackend: string | undefined;

  constructor(private readonly send: (event: EngineEvent) => void) {}

  /** Takes every command; each request is answered or fails, exactly once. */
  receive(command: Command): void {
    if (command.type === "cancel") this.cancellations.get(command.requestId)?.abort();
    else if (command.type === "credit") this.training?.credit(command.batches);
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
        this.wantedBackend = request.backend;
        if (request.anew) await this.training?.close();
        return this.startBackend(request.backend, request.anew);
      case "hand-files":
        this.handed.take(request.from, request.entries);
        return { type: "done" };
      case "load-shapes":
      case "load-files":
      case "load-download": {
        const { requestId } = request;
        // Their room may be needed.
        if (this.training && !this.training.isRunning) await this.training.close();
        this.loaded = await loadDataset(this.handed.completed(request), {
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
      case "show-images":
        return { type: "gallery", samples: imagesAt(this.dataset("the images").dataset, request) };
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
      case "preview-views": {
        const { dataset, settings } = this.dataset("the images");
        const views = previewView(
          dataset.train,
          request.recipe,
          settings.seed,
          request.roll,
          request.indices,
        );
        return { type: "preview", views };
      }
      case "start": {
        await this.training?.close();
        const { backend } = this.device ? { backend: this.device.name } : (await this.startBackend()).device;
        this.training = new TrainingSession(
          request.experiment,
          this.loaded,
          backend,
          this.send,
          undefined,
          this.tuner,
        );
        this.keepImages();
        return { type: "started", runs: this.training.runs };
      }
      case "find-interrupted": {
        const found = await findInterrupted();
        if (!found) return { type: "interrupted" };
        return { type: "interrupted", found: { experiment: found.experiment, savedAt: found.savedAt } };
      }
      case "continue":
        return this.continueTraining(signal);
      case "forget-interrupted":
        await forgetInterrupted();
        return { type: "done" };
      case "save":
        await Promise.all([this.training?.save(), this.keeping]);
        return { type: "done" };
      case "pause":
      case "resume":
      case "step":
      case "stop": {
        await this.running(request.type)[request.type]();
        return { type: "done" };
      }
      case "take-weights":
        return { type: "weights-taken", hash: await takeWeights(request.file, request.network) };
      case "weights":
        return { type: "weights", files: await this.weights(request.format) };
      case "diagnose":
        return { type: "diagnosis", diagnosis: await this.running("diagnose").diagnose() };
      case "look":
        return { type: "look", look: await this.networks("look at").look(request) };
      case "inspect":
        return { type: "inspected", inspected: await this.networks("inspect").inspect(request.runId) };
      default:
        return request satisfies never;
    }
  }

  /** Dropped files are gone with the tab: a copy of what was made of them lets the training outlive it. */
  private keepImages(): void {
    if (this.loaded?.settings.source !== "files") return;
    const { dataset, summary } = this.loaded;
    this.keeping = keepDataset({ dataset, origins: summary.origins }).catch((error: unknown) =>
      this.send({
        type: "not-saved",
        failure: notSaved(error instanceof Error ? error.message : String(error)),
      }),
    );
  }

  private async continueTraining(signal: AbortSignal): Promise<Answer> {
    await this.training?.close();
    const interrupted = await findInterrupted();
    if (!interrupted) {
      throw new EngineFailure(nothingToContinue("No training was found, or another tab goes on with it."));
    }
    this.loaded = await imagesOf(interrupted, this.loaded, signal);
    const { backend } = interrupted;
    const other = this.device?.name === backend ? undefined : await this.startBackend(backend);
    this.training = new TrainingSession(
      interrupted.experiment,
      this.loaded,
      backend,
      this.send,
      interrupted,
      this.tuner,
    );
    const { summary } = this.loaded;
    return { type: "started", runs: this.training.runs, summary, ...(other && { device: other.device }) };
  }

  /** Of the runs that have finished, and of those under way. */
  private async weights(format: WeightsFormat): Promise<readonly WeightsFile[]> {
    const live = this.training?.isRunning ? await this.training.weights() : [];
    return [...(await findWeights()), ...live].flatMap((kept) => exportWeights(kept, format));
  }

  private running(wanted: string): TrainingSession {
    if (!this.training?.isRunning) throw new EngineFailure(notRunning(wanted));
    return this.training;
  }

  /** Of the last training, under way or not. */
  private networks(wanted: string): TrainingSession {
    if (!this.training) throw new EngineFailure(notRunning(wanted));
    return this.training;
  }

  private dataset(name: string): LoadedDataset {
    if (!this.loaded) throw new EngineFailure(datasetMissing(name));
    return this.loaded;
  }

  private async startBackend(
    wanted = this.wantedBackend,
    anew = false,
  ): Promise<Extract<Answer, { type: "backend" }>> {
    this.device = undefined;
    const started = await chooseBackend({ wanted, anew });
    const { name: backend, device: name, software, measured } = started;
    this.device = started;
    const onGpu = software ? undefined : trainingBackend();
    this.tuner = onGpu && new KernelTuner(onGpu);
    void started.lost.then((cause) => {
      if (this.device === started) this.forgetDevice(cause);
    });
    return { type: "backend", device: { backend, name, software, ...(measured && { measured }) } };
  }

  /** Whatever was trained there is gone; the next start asks for another device. */
  private forgetDevice(cause: string): void {
    this.device = undefined;
    this.training?.abandon();
    this.training = undefined;
    this.send({ type: "engine-failed", failure: deviceLost(cause) });
  }
}
