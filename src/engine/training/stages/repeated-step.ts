import { type CompilingProgress, trainingBackend } from "../../backend/backend";
import type { Recording } from "../../backend/recording";
import { compiledSteps } from "../../compiled/in-use";
import type { CompiledStep, Refusal, StepCompiler } from "../../compiled/step-compiler";

/** Work on resident tensors that is recorded or compiled the first time, as a training step is, and then repeated. */
export class RepeatedStep {
  private recording: Recording | undefined;
  private compiled: CompiledStep | Refusal | undefined;

  constructor(private readonly body: () => void) {}

  /** Compiles its programs in parallel. Changes nothing else; the inputs must have been written. */
  async prepare(onProgress?: CompilingProgress): Promise<void> {
    const steps = compiledSteps();
    if (steps) {
      this.compiledBy(steps);
      await steps.ready();
    } else if (!this.recording) await trainingBackend()?.prepare(this.body, onProgress);
  }

  run(): void {
    const backend = trainingBackend();
    const steps = compiledSteps();
    if (backend) {
      const { recording } = this;
      if (recording && backend.together.isCurrent(recording)) backend.replay(recording);
      else {
        recording?.dispose();
        this.recording = backend.record(this.body);
      }
    } else if (steps) {
      const compiled = this.compiledBy(steps);
      if ("reason" in compiled) this.body();
      else steps.run(compiled);
    } else this.body();
  }

  dispose(): void {
    this.recording?.dispose();
    this.release();
  }

  private compiledBy(steps: StepCompiler): CompiledStep | Refusal {
    const { compiled } = this;
    // Tensors that were replaced have other addresses.
    if (compiled && !("reason" in compiled) && !steps.isCurrent(compiled)) this.release();
    this.compiled ??= steps.compile(this.body);
    return this.compiled;
  }

  private release(): void {
    if (this.compiled && !("reason" in this.compiled)) this.compiled.release();
    this.compiled = undefined;
  }
}
