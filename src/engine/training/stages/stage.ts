import * as tf from "@tensorflow/tfjs-core";
import { keepsAnswers } from "../../../protocol/answers";
import type { KernelTime, StepMeasurement } from "../../../protocol/device/diagnosis";
import type { Arm } from "../../../protocol/experiment";
import type { PlannedStage } from "../../../protocol/messages";
import { layerRateMetrics, type MetricName } from "../../../protocol/metrics/metrics";
import { type CompilingProgress, type TrainingBackend, trainingBackend } from "../../backend/backend";
import { timeOps } from "../../backend/op-times";
import type { Recording } from "../../backend/recording";
import { compiledSteps } from "../../compiled/in-use";
import type { CompiledStep, Provided, Refusal, StepCompiler } from "../../compiled/step-compiler";
import type { Sampler } from "../../dataset/sampler";
import { Purpose, randomFor } from "../../math/random";
import { layerRates, transferRates } from "../../methods/ssld-transfer";
import type { Scalars, StepInputs } from "../../optimizers/step-inputs";
import type { ResidentImages } from "../../views/resident-images";
import { Asking } from "../answers/asking";
import { keptTogether } from "../answers/kept-together";
import { Library } from "../answers/library";
import { Ledger } from "../learners/ledger";
import type { Task } from "../tasks/parts/task";
import type { AskedStep } from "../teachers/asked-views";
import { realWeightSteps, scalarsOf } from "./step-scalars";

/** The number of steps after which Shampoo's roots are recomputed. */
const rootsEvery = 20;

/** The largest number of steps between two readings of the ledger: as many as the fastest device takes in a turn. */
export const ledgerCapacity = 1_024;

export interface StageOptions {
  readonly plan: PlannedStage;
  readonly arm: Arm;
  readonly seed: number;
  readonly sampler: Sampler;
  /** The images that the sampler draws from. */
  readonly images: ResidentImages;
  readonly inputs: StepInputs;
  readonly task: Task;
  /** False, for comparisons: every step is encoded from scratch. */
  readonly recorded?: boolean;
  /** Where a frozen teacher's answers are kept; without it they are not kept beyond an epoch. */
  readonly library?: Library | undefined;
}

/** The metrics of one step. */
export interface StepReport {
  /** Updates so far, this one included. */
  readonly step: number;
  readonly values: Partial<Record<MetricName, number>>;
}

/** A step to be taken with those of other stages: compiled, or recorded unless it is the first of its kind. */
export interface Apart extends Pick<Provided, "provide" | "taken"> {
  readonly step?: CompiledStep;
  readonly recording?: Recording | undefined;
}

/**
 * One stage of a run. On WebGPU its first step is recorded and all others are replayed; on WASM the step is compiled. A step depends only on the
 * experiment and the step's number, so pauses and the order of runs change nothing.
 */
export class Stage {
  private readonly ledger: Ledger;
  private readonly recordings = new Map<string, Recording>();
  private readonly compiled = new Map<string, CompiledStep | Refusal>();
  private readonly asking: Asking | undefined;
  private taken = 0;
  /** The step whose answers the task has, where they are not kept. */
  private askedFor: number | undefined;
  private reported = 0;

  constructor(private readonly options: StageOptions) {
    const { arm, images, library = new Library(undefined), sampler, seed, task } = options;
    this.ledger = new Ledger(options.inputs, task.terms.length, ledgerCapacity);
    const asks = keepsAnswers(arm) ? task.asks : undefined;
    const answers = asks?.length ? keptTogether(asks, [arm.model, arm.scheme.method]) : task.answers;
    if (!answers || ("isFed" in answers && !answers.isFed)) return;
    const asker = { arm, seed, batchSize: sampler.batchSize, images: task.foreign ?? images, answers };
    this.asking = new Asking(answers, () => library.open(asker));
  }

  /** Updates so far. */
  get step(): number {
    return this.taken;
  }

  get isDone(): boolean {
    return this.taken >= this.options.plan.steps;
  }

  /** The number of dispatches of one step; undefined before it is recorded. */
  get dispatches(): number | undefined {
    return this.recorded?.dispatches;
  }

  /** How the steps that it has taken were taken. */
  get steps(): Pick<StepMeasurement, "steps" | "notCompiled"> {
    if (this.recordings.size > 0) return { steps: "recorded" };
    for (const made of this.compiled.values())
      return "reason" in made ? { steps: "eager", notCompiled: made.reason } : { steps: "compiled" };
    return { steps: "eager" };
  }

  /** The compiled steps, or why there are none, by the kind of step. */
  get compilations(): ReadonlyMap<string, CompiledStep | Refusal> {
    return this.compiled;
  }

  /** Continues after `step` updates, when a checkpoint is restored. */
  resumeAt(step: number): void {
    this.askedFor = undefined;
    this.taken = step;
    this.reported = step;
  }

  /** How often a teacher whose answers are kept had to be asked about a step, and milliseconds that this took. */
  readonly asked = { steps: 0, ms: 0 };

  /** Numbers in a frozen teacher's answer to the views of one image, where answers are kept. */
  get answerLength(): number | undefined {
    return this.asking?.length;
  }

  /** Stores a frozen teacher's answers, where they are kept. */
  async close(): Promise<void> {
    await this.asking?.close();
  }

  /** Compiles the programs of the next step in parallel, if it is not recorded yet. Changes nothing else. */
  async prepare(onProgress?: CompilingProgress): Promise<void> {
    if (this.asking && !this.isDone) {
      this.writeInputs();
      await this.asking.prepare();
    }
    const steps = this.compiling;
    if (steps && !this.isDone) {
      if (!this.compiled.has(this.variant)) this.compiledStep(steps);
      await steps.ready();
      return;
    }
    const backend = trainingBackend();
    if (!backend || this.isDone || this.recordings.has(this.variant)) return;
    // Preparing runs through the step, which reads the inputs.
    this.writeInputs();
    await backend.prepare(this.body, onProgress);
  }

  /**
   * Takes one step and times its kernels, if it is a replay and the device has timestamps, or if kernels run
   * synchronously; otherwise returns undefined.
   *
   * @throws as {@link advance}
   */
  async advanceTimed(): Promise<readonly KernelTime[] | undefined> {
    await this.lookUp(1);
    await this.ask();
    const backend = trainingBackend();
    const known = this.recordings.get(this.variant);
    if (backend && !(known && backend.together.isCurrent(known))) {
      this.advance();
      return undefined;
    }
    this.provide();
    const steps = this.compiling;
    const step = steps && this.compiledStep(steps);
    const times =
      steps && step && !("reason" in step)
        ? steps.runTimed(step)
        : await (backend && known ? backend.replayTimed(known) : timeOps(this.body));
    this.taken++;
    return times;
  }

  /** Asks the task's teacher about the views of the next step, where answers enter it. Call before each step. */
  async ask(): Promise<void> {
    const { asks } = this;
    if (asks.length === 0 || this.isDone || this.askedFor === this.taken) return;
    for (const asked of asks) await asked.ask(this.placeOf(this.taken));
    this.askedFor = this.taken;
  }

  /**
   * Encodes one step.
   * @param threads for compiled steps; by default all
   * @throws Error if the stage is done or its reports have not been read for too long
   */
  advance(threads?: number): void {
    if (this.asks.length > 0 && this.askedFor !== this.taken)
      throw new Error("The teacher has not been asked about this step.");
    this.provide();
    const backend = trainingBackend();
    const { compiling } = this;
    if (this.options.recorded === false) this.body();
    else if (backend) this.replay(backend, this.body);
    else if (compiling) this.runCompiled(compiling, threads);
    else this.body();
    this.taken++;
  }

  /**
   * What the next step needs to be taken with those of other stages; undefined where it cannot be. Call after {@link prepare}.
   */
  get apart(): Apart | undefined {
    if (this.isDone || this.asking || this.asks.length > 0) return undefined;
    const inputs = { provide: () => this.provide(), taken: () => void this.taken++ };
    if (this.options.recorded !== false && trainingBackend())
      return { ...inputs, recording: this.recordings.get(this.variant) };
    // None is compiled here: steps of other stages may be under way.
    const step = this.compiled.get(this.variant);
    if (!step || "reason" in step) return undefined;
    return this.compiling?.isCurrent(step) ? { ...inputs, step } : undefined;
  }

  /** A recorded step; undefined before the first. */
  get recorded(): Recording | undefined {
    return this.recordings.values().next().value;
  }

  /** Takes some steps, and asks the teacher before each where that is needed. @param threads as of {@link advance} */
  async advanceBy(steps: number, threads?: number): Promise<void> {
    const { sampler } = this.options;
    for (let left = steps; left > 0; ) {
      const ofEpoch = sampler.stepsPerEpoch - (this.taken % sampler.stepsPerEpoch);
      const some = this.asking ? Math.min(left, ofEpoch) : left;
      await this.lookUp(some);
      for (let i = 0; i < some; i++) {
        if (this.asks.length > 0) await this.ask();
        this.advance(threads);
      }
      left -= some;
    }
  }

  /** Returns the reports of the steps since the last call. Waits until the GPU has finished them. */
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
   * Identifies the kind of the next step; each kind has its own recording. It depends only on the step's number, not
   * on the inputs, which still hold the last step's.
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

  private get compiling(): StepCompiler | undefined {
    return this.options.recorded === false ? undefined : compiledSteps();
  }

  private readonly body = () => {
    tf.tidy(() => this.options.task.step((terms) => this.ledger.write(terms)));
  };

  /** Views about which a teacher is asked before every step, its answers not being kept. */
  private get asks(): NonNullable<Task["asks"]> {
    return this.asking ? [] : (this.options.task.asks ?? []);
  }

  /** Makes kept answers available for the next steps of this epoch, where they are kept. */
  private async lookUp(steps: number): Promise<void> {
    const { asking } = this;
    if (!asking || this.isDone) return;
    const { plan, sampler } = this.options;
    await asking.turnTo(this.epochOfViews(this.taken));
    const start = performance.now();
    for (let step = this.taken; step < Math.min(plan.steps, this.taken + steps); step++) {
      if (asking.knows(sampler.batch(step))) continue;
      this.writeInputs(step);
      await asking.ask(this.placeOf(step));
      this.asked.steps++;
    }
    this.asked.ms += performance.now() - start;
  }

  /** What a teacher is asked in a step. */
  private placeOf(step: number): AskedStep {
    const { sampler, seed } = this.options;
    return { batch: sampler.batch(step), seed, epoch: this.epochOfViews(step), scalars: this.scalars(step) };
  }

  /** Writes all that the next step reads. */
  private provide(): void {
    if (this.isDone) throw new Error("The stage is done.");
    if (this.taken - this.reported >= ledgerCapacity) throw new Error("The ledger is full.");
    this.writeInputs();
    this.asking?.feed(this.options.sampler.batch(this.taken));
  }

  /** The epoch whose views a step shows: the first ones again and again, where an arm says so. */
  private epochOfViews(step: number): number {
    const { arm, sampler } = this.options;
    const epoch = sampler.epochOf(step);
    return this.asking && arm.answers === "cycled" ? epoch % arm.answerEpochs : epoch;
  }

  /** Writes the inputs of a step, by default the next one. */
  private writeInputs(step = this.taken): void {
    const { images, inputs, sampler, seed, task } = this.options;
    const batch = sampler.batch(step);
    for (const read of [images, task.foreign]) read?.hold(batch, this.batchesAfter(step));
    inputs.write({
      scalars: this.scalars(step),
      batch,
      seed,
      epoch: this.epochOfViews(step),
      shuffle: task.shuffles
        ? randomFor(seed, Purpose.shuffle).permutation(sampler.batchSize, step)
        : undefined,
      ...this.kindOf(step),
    });
  }

  /** The remaining batches of the epoch; the next epoch is not drawn yet. */
  private *batchesAfter(step: number): Generator<Uint32Array> {
    const { plan, sampler } = this.options;
    const epoch = sampler.epochOf(step);
    for (let next = step + 1; next < plan.steps && sampler.epochOf(next) === epoch; next++)
      yield sampler.batch(next);
  }

  /** Replays a step, or records it if it is the first of its kind. */
  private replay(backend: TrainingBackend, body: () => void): void {
    const { variant } = this;
    const known = this.recordings.get(variant);
    if (known && backend.together.isCurrent(known)) {
      backend.replay(known);
      return;
    }
    known?.dispose();
    this.recordings.set(variant, backend.record(body));
  }

  private runCompiled(steps: StepCompiler, threads?: number): void {
    const step = this.compiledStep(steps);
    // What cannot be compiled is computed operation by operation, whole.
    if ("reason" in step) this.body();
    else steps.run(step, threads);
  }

  /** Compiles the step of a task's variant when that is met for the first time, or its tensors were replaced. */
  private compiledStep(steps: StepCompiler): CompiledStep | Refusal {
    const { variant } = this;
    let step = this.compiled.get(variant);
    if (step && !("reason" in step) && !steps.isCurrent(step)) {
      step.release();
      step = undefined;
    }
    if (!step) {
      // What kind of step it is, is read while it is traced.
      this.writeInputs();
      step = steps.compile(this.body);
    }
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
