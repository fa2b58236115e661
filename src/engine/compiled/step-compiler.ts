import type * as tf from "@tensorflow/tfjs-core";
import type { StepCode } from "./schedule/step-module";
import type { Forerunner, Resident } from "./trace/recipe";

/** Facts about a compiled step. */
export interface StepFacts {
  readonly tasks: number;
  readonly phases: number;
  readonly functions: number;
  readonly codeBytes: number;
  readonly arenaBytes: number;
  /** What is alive at once at most: no plan takes less. */
  readonly leastBytes: number;
  /** Milliseconds until the step could run: tracing it, planning and writing its code, and the engine's own compiling. */
  readonly took: { readonly trace: number; readonly write: number; readonly compile: number };
}

/** A step that was traced and compiled, and can be run again and again. */
export interface CompiledStep {
  readonly number: number;
  readonly facts: StepFacts;
  readonly residents: readonly Resident[];
  readonly forerunners: readonly Forerunner[];
  /** Residents that it overwrites, by their places. */
  readonly written: readonly number[];
  /** Where it finds the addresses of residents. */
  readonly tableAt: number;
  /** The same with each task as a function of its own. */
  readonly timed: () => StepCode;
  /** Gives back its memory. It must not be run afterwards. */
  readonly release: () => void;
}

/** What all tasks of one kind took, as `KernelTime` of the protocol has it. */
export interface TaskTime {
  readonly kernel: string;
  readonly dispatches: number;
  readonly ms: number;
}

/** Why a step is not compiled: today's path takes it whole, operation by operation. */
export interface Refusal {
  readonly reason: string;
}

/** A step to be run beside others. */
export interface Provided {
  readonly step: CompiledStep;
  /** Writes its inputs, which none of the others reads. */
  readonly provide: () => void;
  /** Called when it has been run. */
  readonly taken: () => void;
}

/** Compiles steps and runs them: what the rest of the engine sees of `CompiledSteps`, which is loaded where it is used. */
export interface StepCompiler {
  /** Whether multiply and add are one instruction. */
  readonly relaxed: boolean;
  readonly threads: number;
  isOf(backend: tf.KernelBackend): boolean;
  ready(): Promise<void>;
  compile(step: () => void): CompiledStep | Refusal;
  isCurrent(step: CompiledStep): boolean;
  run(step: CompiledStep, threads?: number): void;
  /**
   * Runs steps of several trainings at the same time, each on its share of the threads, for so many milliseconds or until one
   * has no more. They must be {@link areApart}; the first training should be the one with the shortest steps.
   *
   * @param lanes of each training, its next step
   */
  runSideBySide(lanes: readonly (() => Provided | undefined)[], ms: number): void;
  areApart(one: CompiledStep, other: CompiledStep): boolean;
  runTimed(step: CompiledStep): readonly TaskTime[];
  copyInPlace(source: tf.Tensor, target: tf.Tensor): void;
  writeInPlace(target: tf.Tensor, data: Float32Array | Int32Array): void;
  besides<T>(make: () => T): T;
  dispose(): void;
}
