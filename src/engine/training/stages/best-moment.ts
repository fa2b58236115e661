import type { Classifier } from "../../evaluation/evaluator";
import type { Backbone } from "../../networks/backbone";
import { LabeledNetwork } from "../learners/labeled-network";
import type { EvaluatedNetwork } from "../tasks/parts/task";
import { readState, type StateTensor, writeState } from "./state-tensors";

/** What is kept of a {@link BestMoment} in a checkpoint. */
export interface BestCheckpoint {
  readonly step: number;
  readonly score: number;
  readonly binaryWeights: boolean;
  readonly tensors: readonly StateTensor[];
}

interface Kept {
  step: number;
  score: number;
  readonly copy: Backbone | LabeledNetwork;
}

/** A copy of a network as it was at the evaluation with the highest score; of equal scores, the first. It owns the copy. */
export class BestMoment {
  private kept: Kept | undefined;

  get step(): number | undefined {
    return this.kept?.step;
  }

  get network(): { readonly backbone: Backbone; readonly classifier?: Classifier } | undefined {
    const { copy } = this.kept ?? {};
    if (!copy) return undefined;
    return copy instanceof LabeledNetwork
      ? { backbone: copy.backbone, classifier: copy }
      : { backbone: copy };
  }

  /** Keeps the network if its score is higher than all before. */
  offer(network: EvaluatedNetwork, step: number, score: number): void {
    const { kept } = this;
    if (!(score > (kept?.score ?? Number.NEGATIVE_INFINITY))) return;
    const source = sourceOf(network);
    if (!kept) this.kept = { step, score, copy: source.copy() };
    else {
      if (kept.copy instanceof LabeledNetwork) kept.copy.copyFrom(source as LabeledNetwork);
      else kept.copy.copyFrom(source as Backbone);
      kept.step = step;
      kept.score = score;
    }
  }

  async snapshot(): Promise<BestCheckpoint | undefined> {
    const { kept, network } = this;
    if (!kept || !network) return undefined;
    const { step, score, copy } = kept;
    const { binaryWeights } = network.backbone;
    return { step, score, binaryWeights, tensors: await readState([copy]) };
  }

  /** @param like a network of the same kind as the kept one */
  restore({ step, score, binaryWeights, tensors }: BestCheckpoint, like: EvaluatedNetwork): void {
    this.dispose();
    const copy = sourceOf(like).copy();
    this.kept = { step, score, copy };
    writeState(tensors, [copy]);
    if (this.network) this.network.backbone.binaryWeights = binaryWeights;
  }

  dispose(): void {
    this.kept?.copy.dispose();
    this.kept = undefined;
  }
}

/** With its classifier, if that is part of it. */
const sourceOf = ({ backbone, classifier }: EvaluatedNetwork): Backbone | LabeledNetwork =>
  classifier instanceof LabeledNetwork ? classifier : backbone;
