import * as tf from "@tensorflow/tfjs-core";
import type { Arm } from "../../protocol/experiment";
import type { KernelTime, PlannedStage } from "../../protocol/messages";
import { layerRateMetrics, type MetricName } from "../../protocol/metrics";
import {
  type CompiledStep,
  type CompiledSteps,
  compiledSteps,
  type Refusal,
} from "../compiled/compiled-steps";
import type { Sampler } from "../dataset/sampler";
import { type CompilingProgress, type TrainingBackend, trainingBackend } from "../kernels/backend";
import { timeOps } from "../kernels/op-times";
import type { Recording } from "../kernels/recording";
import { Purpose, randomFor } from "../math/random";
import { layerRates, transferRates } from "../methods/ssld-transfer";
import type { ResidentImages } from "../views/resident-images";
import { Ledger } from "./ledger";
import type { Scalars, StepInputs } from "./step-inputs";
import { realWeightSteps, scalarsOf } from "./step-scalars";
import type { Task } from "./tasks/task";

/** Steps after which Shampoo's roots are computed anew. */
const rootsEvery = 20;

/** Steps between two readings at most: as many as the fastest device takes in a turn. */
export const ledgerCapacity = 1_024;

export interface StageOptions {
  readonly plan: PlannedStage;
  readonly arm: Arm;
  readonly seed: number;
  readonly sampler: Sampler;
  /** What the sampler draws from. */
  readonly images: ResidentImages;
  readonly inputs: StepInputs;
  readonly task: Task;
  /** Off for comparison: every step is encoded anew. */
  readonly recorded?: boolean;
}

/** What is reported of one step. */
export interface StepReport {
  /** Updates so far, this one included. */
  readonly step: number;
  readonly values: Partial<Record<MetricName, number>>;
}

/**
 * One stage of a run. On WebGPU its first step is recorded and all others are replays. What a step does depends on
 * the experiment and the step's number alone, so pauses and the order of runs change nothing.
 */
export class Stage {
  private readonly ledger: Ledger;
  private readonly recordings = new Map<string, Recording>();
  private readonly compiled = new Map<string, CompiledStep | Refusal>();
  private taken = 0;
  private reported = 0;

  constructor(private readonly options: StageOptions) {
    this.ledger = new Ledger(options.inputs, options.task.terms.length, ledgerCapacity);
  }

  /** Updates so far. */
  get step(): number {
    return this.taken;
  }

  get isDone(): boolean {
    return this.taken >= this.options.plan.steps;
  }

  /** Dispatches of one step; undefined until it was recorded. */
  get dispatches(): number | undefined {
    return this.recordings.values().next().value?.dispatches;
  }

  /** What is known of the steps that were compiled, or why they were not, by the task's variant. */
  get compilations(): ReadonlyMap<string, CompiledStep | Refusal> {
    return this.compiled;
  }

  /** Continues where a checkpoint was taken. */
  resumeAt(step: number): void {
    this.taken = step;
    this.reported = step;
  }

  /** Compiles the programs of the next step side by side, where it is not recorded yet. Changes nothing else. */
  async prepare(onProgress?: CompilingProgress): Promise<void> {
    const steps = this.options.recorded === false ? undefined : compiledSteps();
    if (steps && !this.isDone) {
      this.feed();
      this.compiledStep(steps);
      await steps.ready();
      return;
    }
    const backend = trainingBackend();
    if (!backend || this.isDone || this.recordings.has(this.variant)) return;
    // Walking through the step asks the inputs what kind of step it is.
    this.feed();
    await backend.prepare(this.body, onProgress);
  }

  /**
   * One step, timed kernel by kernel where it is a replay and the device keeps time, or where kernels compute at once.
   *
   * @throws as {@link advance}
   */
  async advanceTimed(): Promise<readonly KernelTime[] | undefined> {
    const backend = trainingBackend();
    const known = this.recordings.get(this.variant);
    if (backend && !known) {
      this.advance();
      return undefined;
    }
    this.feed();
    const steps = this.options.recorded === false ? undefined : compiledSteps();
    const step = steps && this.compiledStep(steps);
    const times =
      steps && step && !("reason" in step)
        ? steps.runTimed(step)
        : await (backend && known ? backend.replayTimed(known) : timeOps(this.body));
    this.ledger.collect();
    this.taken++;
    return times;
  }

  /** Encodes one step. @throws Error when the stage is done or its reports have not been read for too long */
  advance(): void {
    this.feed();
    const backend = trainingBackend();
    const compiled = compiledSteps();
    if (this.options.recorded === false) this.body();
    else if (backend) this.replay(backend, this.body);
    else if (compiled) this.runCompiled(compiled);
    else this.body();
    this.ledger.collect();
    this.taken++;
  }

  /** Reports of the steps since the last call; waits until the GPU has taken them. */
  async report(): Promise<StepReport[]> {
    const steps = Array.from({ length: this.taken - this.reported }, (_, i) => this.reported + i);
    if (steps.length === 0) return [];
    const rows = await this.ledger.read(steps.map((step) => step % ledgerCapacity));
    this.reported = this.taken;
    const { terms } = this.options.task;
    return steps.map((step, i) => {
      const { studentRate, teacherRate, tau } = this.scalars(step);
      const losses = Object.fromEntries(terms.map((name, column) => [name, rows[i]?.[column] ?? Number.NaN]));
      const { stage } = this.options.plan;
      const ofTeacher = stage === "teacher" || stage === "sourceTeacher";
      const learningRate = ofTeacher ? teacherRate : studentRate;
      const ofLayers = ofTeacher ? {} : this.ratesOfLayers(studentRate);
      return { step: step + 1, values: { ...losses, learningRate, ...ofLayers, tau } };
    });
  }

  dispose(): void {
    for (const recording of this.recordings.values()) recording.dispose();
    for (const step of this.compiled.values()) if (!("reason" in step)) step.release();
    this.ledger.dispose();
  }

  /**
   * Which of the task's steps is next: each is recorded for itself. Told by the step's number alone, never by the inputs,
   * which all runs share: until they are fed they are those of somebody else's step.
   */
  private get variant(): string {
    const { freshRoots, firstPhase } = this.kindOf(this.taken);
    return `${this.options.task.variant ?? ""} ${freshRoots} ${firstPhase}`;
  }

  private kindOf(step: number): { readonly freshRoots: boolean; readonly firstPhase: boolean } {
    const { arm, plan } = this.options;
    return {
      freshRoots: arm.optimiser.kind === "shampoo" && step % rootsEvery === 0,
      firstPhase: step < realWeightSteps(arm, plan),
    };
  }

  private readonly body = () => {
    tf.tidy(() => this.options.task.step((terms) => this.ledger.write(terms)));
  };

  /** Tells the next step what it needs to know. */
  private feed(): void {
    const { images, inputs, sampler, seed, task } = this.options;
    if (this.isDone) throw new Error("The stage is done.");
    if (this.taken - this.reported >= ledgerCapacity) throw new Error("The ledger is full.");
    const step = this.taken;
    const batch = sampler.batch(step);
    for (const read of [images, task.foreign]) read?.hold(batch, this.batchesAfter(step));
    inputs.write({
      scalars: this.scalars(step),
      batch,
      seed,
      epoch: sampler.epochOf(step),
      shuffle: task.shuffles
        ? randomFor(seed, Purpose.shuffle).permutation(sampler.batchSize, step)
        : undefined,
      ...this.kindOf(step),
    });
  }

  /** The rest of the epoch: another one would have to be drawn first. */
  private *batchesAfter(step: number): Generator<Uint32Array> {
    const { plan, sampler } = this.options;
    const epoch = sampler.epochOf(step);
    for (let next = step + 1; next < plan.steps && sampler.epochOf(next) === epoch; next++)
      yield sampler.batch(next);
  }

  /** Records the step of a task's variant when that is met for the first time. */
  private replay(backend: TrainingBackend, body: () => void): void {
    const { variant } = this;
    const known = this.recordings.get(variant);
    if (known) backend.replay(known);
    else this.recordings.set(variant, backend.record(body));
  }

  private runCompiled(steps: CompiledSteps): void {
    const step = this.compiledStep(steps);
    // What cannot be compiled takes today's path whole.
    if ("reason" in step) this.body();
    else steps.run(step);
  }

  /** Compiles the step of a task's variant when that is met for the first time, or its tensors were replaced. */
  private compiledStep(steps: CompiledSteps): CompiledStep | Refusal {
    const { variant } = this;
    let step = this.compiled.get(variant);
    if (step && !("reason" in step) && !steps.isCurrent(step)) {
      step.release();
      step = undefined;
    }
    step ??= steps.compile(this.body);
    this.compiled.set(variant, step);
    return step;
  }

  private ratesOfLayers(rate: number): Partial<Record<MetricName, number>> {
    const { layerRates: list } = this.options.arm.optimiser;
    if (list === "uniform") return {};
    const rates = layerRates(rate, transferRates[list]);
    return Object.fromEntries(layerRateMetrics.map((name, group) => [name, rates[group] ?? rate]));
  }

  private scalars(step: number): Scalars {
    const { arm, plan, seed, sampler } = this.options;
    const line = step % ledgerCapacity;
    return scalarsOf(step, { arm, plan, seed, batchSize: sampler.batchSize, line });
  }
}
