import { type Experiment, isSameDataset } from "../protocol/experiment";
import type { Answer, Command, EngineEvent, Request, RequestId } from "../protocol/messages";
import { keepsAccuracy, type ModelMeasures } from "../protocol/models";
import type { RefusedImage, Tried, TriedImage } from "../protocol/tried";
import type { WeightsFile, WeightsFormat } from "../protocol/weights";
import { trainingBackend } from "./backend/backend";
import { imagesAt, pickGallery } from "./dataset/gallery";
import type { LongTask } from "./dataset/long-task";
import { Rejection } from "./dataset/rejection";
import { chooseBackend } from "./device/backend-choice";
import { KernelTuner } from "./device/kernel-tuning";
import type { StartedBackend } from "./device/start";
import { checked } from "./door";
import { answerBytes } from "./durability/answer-files";
import { findInterrupted, forgetInterrupted } from "./durability/checkpoint-keeper";
import { keepDataset } from "./durability/dataset-vault";
import { findWeights, type KeptWeights } from "./durability/weights-vault";
import { Estimates, type Measurable } from "./estimates";
import { exportWeights } from "./exported-weights";
import {
  datasetMissing,
  deviceLost,
  EngineFailure,
  failureOf,
  measuredLater,
  nothingToContinue,
  notRunning,
  notSaved,
  stillRunning,
} from "./failures";
import { FilesInParts } from "./files-in-parts";
import { importWeights } from "./import-weights";
import { imagesOf, type LoadedDataset, loadDataset } from "./loaded-dataset";
import { measureModel } from "./model-measures";
import { answerOfModel, type ModelRequest } from "./offered-models/offered-models";
import { requireDataset } from "./require-dataset";
import { traceArms } from "./traced-arms";
import { planRuns } from "./training/planning/plan-runs";
import { TrainingSession } from "./training-session";
import { previewView } from "./views/preview";

type Identified = Request & { readonly requestId: RequestId };

/** The state of the worker: one backend, one dataset, at most one experiment in training. */
export class Session {
  private readonly cancellations = new Map<RequestId, AbortController>();
  private loaded: LoadedDataset | undefined;
  private readonly fileParts = new FilesInParts();
  private readonly estimates = new Estimates();
  private training: TrainingSession | undefined;
  /** Resolves when the images of the training are stored, or storing has failed. */
  private keeping: Promise<void> | undefined;
  /** The current backend; undefined before the first start and after the GPU was lost. */
  private device: StartedBackend | undefined;
  /**
   * Only for real GPUs: with a software implementation of WebGPU, compiling candidates takes longer than tuning can
   * save.
   */
  private tuner: KernelTuner | undefined;
  /** The backend that the page requested; a lost device is replaced by one of the same kind. */
  private wantedBackend: string | undefined;

  constructor(private readonly send: (event: EngineEvent) => void) {}

  /** Handles a command. Each request is answered or fails exactly once. */
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
      const answer = await this.answer(checked(request), controller.signal);
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
        await this.estimates.interrupt();
        if (request.anew) await this.training?.close();
        return this.startBackend(request.backend, request.anew);
      case "hand-files":
        this.fileParts.add(request.from, request.entries);
        return { type: "done" };
      case "load-drawn":
      case "load-files":
      case "load-download": {
        // Frees the memory of an ended training.
        if (this.training && !this.training.isRunning) await this.training.close();
        this.loaded = await loadDataset(this.fileParts.completed(request), this.task(request, signal));
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
        const built = dataset.source !== "files" ? dataset.train : request.experiment.batchSize;
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
          settings.resolution,
        );
        return { type: "preview", views };
      }
      case "estimate":
        return {
          type: "estimated",
          estimate: await this.estimates.of(this.unbusy(request), request, signal),
        };
      case "fit-sizes":
        return { type: "sizes", sizes: await this.estimates.sizes(this.unbusy(request), request, signal) };
      case "start": {
        await this.estimates.interrupt();
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
        return { type: "weights-taken", hash: await importWeights(request.file, request.network) };
      case "take-model":
      case "list-hub-models":
      case "take-hub-model":
      case "check-model":
        return this.answerOfModel(request, signal);
      case "kept-answers":
        return { type: "answers-kept", bytes: await answerBytes(request.action === "delete") };
      case "weights":
        return { type: "weights", files: await this.weights(request.format) };
      case "measure-models":
        return { type: "models", models: [...(await this.measuredModels()).values()] };
      case "trace":
        return this.trace(request, signal);
      case "diagnose":
        return { type: "diagnosis", diagnosis: await this.running("diagnose").diagnose() };
      case "look":
        return { type: "look", look: await this.networks("look at").look(request) };
      case "try-image":
        return { type: "tried", tried: await this.tryImage(request) };
      case "inspect":
        return { type: "inspected", inspected: await this.networks("inspect").inspect(request.runId) };
      default:
        return request satisfies never;
    }
  }

  private task = ({ requestId }: Identified, signal: AbortSignal): LongTask => ({
    signal,
    onProgress: (progress) => this.send({ type: "progress", requestId, progress }),
  });

  private async answerOfModel(
    request: ModelRequest & { readonly requestId: RequestId },
    signal: AbortSignal,
  ): Promise<Answer> {
    if (request.type === "check-model") {
      await this.estimates.interrupt();
      if (this.training?.isRunning) throw new EngineFailure(measuredLater);
    }
    if (request.type !== "list-hub-models") await this.withBackend();
    return answerOfModel(request, this.loaded?.dataset, this.task(request, signal));
  }

  /** Stores imported images: the dropped files are lost with the tab, but the training can be continued later. */
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

  /** The device and the images, for measurements. @throws EngineFailure while a training uses them */
  private unbusy({ experiment }: { readonly experiment: Experiment }): Measurable {
    if (this.training?.isRunning || !this.device) throw new EngineFailure(measuredLater);
    return { device: this.device, dataset: requireDataset(experiment, this.loaded).dataset };
  }

  private async continueTraining(signal: AbortSignal): Promise<Answer> {
    await this.estimates.interrupt();
    await this.training?.close();
    const interrupted = await findInterrupted();
    if (!interrupted) {
      throw new EngineFailure(nothingToContinue("No training was found, or another tab is continuing it."));
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

  /**
   * The networks of finished runs and of running ones; with weights in 8 bits those that keep their accuracy, which is
   * measured only while no steps are taken.
   */
  private async weights(format: WeightsFormat): Promise<readonly WeightsFile[]> {
    if (format === "onnx-int8" || format === "tfjs-int8") {
      const models = await this.measuredModels();
      return [...models].flatMap(([kept, measured]) =>
        keepsAccuracy(measured) ? exportWeights(kept, format).map((file) => ({ ...file, measured })) : [],
      );
    }
    return (await this.trainedNetworks()).flatMap((kept) => exportWeights(kept, format));
  }

  private async trainedNetworks(): Promise<readonly KeptWeights[]> {
    const live = this.training?.isRunning ? await this.training.weights() : [];
    return [...(await findWeights()), ...live];
  }

  /** The networks of the last training, with their measures. @throws EngineFailure while training, or without its images */
  private async measuredModels(): Promise<ReadonlyMap<KeptWeights, ModelMeasures>> {
    if (this.training?.isBusy) throw new EngineFailure(measuredLater);
    const { dataset } = this.dataset("the images");
    await this.estimates.interrupt();
    if (!this.device) await this.startBackend();
    const found = new Map<KeptWeights, ModelMeasures>();
    for (const kept of await this.trainedNetworks()) {
      const measured = await measureModel(kept, dataset);
      if (measured) found.set(kept, measured);
    }
    return found;
  }

  private async trace(
    { experiment, steps }: Extract<Request, { type: "trace" }>,
    signal: AbortSignal,
  ): Promise<Answer> {
    if (this.training?.isRunning) throw new EngineFailure(stillRunning);
    await this.estimates.interrupt();
    await this.withBackend();
    const arms = await traceArms(experiment, this.loaded, steps, signal);
    return {
      type: "traced",
      arms,
      runs: planRuns(experiment, this.dataset("the images").dataset.train.count),
    };
  }

  /** A file that is no image is an answer of its own: the page says what it is. */
  private async tryImage(asked: TriedImage): Promise<Tried | RefusedImage> {
    try {
      return await this.networks("try").tryImage(asked);
    } catch (error) {
      if (error instanceof Rejection) return { rejected: error.of("") };
      throw error;
    }
  }

  private running(wanted: string): TrainingSession {
    if (!this.training?.isRunning) throw new EngineFailure(notRunning(wanted));
    return this.training;
  }

  /** The last training, running or not. */
  private networks(wanted: string): TrainingSession {
    if (!this.training) throw new EngineFailure(notRunning(wanted));
    return this.training;
  }

  private dataset(name: string): LoadedDataset {
    if (!this.loaded) throw new EngineFailure(datasetMissing(name));
    return this.loaded;
  }

  private async withBackend(): Promise<void> {
    if (!this.device) await this.startBackend();
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

  /** Abandons training after the device was lost; the next start requests another device. */
  private forgetDevice(cause: string): void {
    this.device = undefined;
    this.training?.abandon();
    this.training = undefined;
    this.send({ type: "engine-failed", failure: deviceLost(cause) });
  }
}
