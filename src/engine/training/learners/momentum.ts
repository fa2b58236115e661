import type { Backbone } from "../../networks/backbone";
import { follow } from "../../optimizers/average/average";
import type { StepInputs } from "../../optimizers/step-inputs";

/** A network with its momentum copy. Owns both; dispose it. */
export class MomentumPair {
  readonly momentum: Backbone;

  constructor(
    readonly online: Backbone,
    private readonly inputs: StepInputs,
  ) {
    this.momentum = online.copy();
  }

  /** Running statistics are not averaged. */
  follow(): void {
    follow(this.momentum.parameters, this.online.parameters, this.inputs);
  }

  dispose(): void {
    this.online.dispose();
    this.momentum.dispose();
  }
}
