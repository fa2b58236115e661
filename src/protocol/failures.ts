import type { NotKept } from "./answers";
import type { DatasetProblem, Refusal } from "./dataset";
import type { DownloadProblem } from "./downloads";
import type { HubModelProblem } from "./hub-models";

interface Explanation {
  readonly title: string;
  readonly cause: string;
  readonly action: string;
}

/** A failure, with an action for the visitor. */
export type Failure = Explanation &
  (
    | { readonly kind: "no-backend" }
    | { readonly kind: "device-lost" }
    | { readonly kind: "out-of-memory" }
    | { readonly kind: "dataset"; readonly problem: DatasetProblem; readonly refusal?: Refusal }
    /** `name`: the author's name for the images; `hub`: where they can be fetched. */
    | { readonly kind: "dataset-missing"; readonly name?: string; readonly hub?: string }
    | { readonly kind: "download"; readonly problem: DownloadProblem }
    | { readonly kind: "dataset-unfit"; readonly field: string }
    /** The first setting that the schema refuses. */
    | {
        readonly kind: "experiment-invalid";
        readonly field: string;
        readonly given: string;
        readonly allowed: string;
      }
    | { readonly kind: "diverged"; readonly runId: string; readonly step: number; readonly network: string }
    | { readonly kind: "not-running" }
    | { readonly kind: "still-running" }
    | { readonly kind: "nothing-to-continue" }
    | { readonly kind: "weights" }
    | { readonly kind: "model" }
    /** `name`: of its file; `hub`: where it can be fetched. */
    | { readonly kind: "model-missing"; readonly name: string; readonly hub?: string }
    /** `about`: the repository or file of the hub. */
    | { readonly kind: "hub-model"; readonly problem: HubModelProblem; readonly about: string }
    | { readonly kind: "storage" }
    | { readonly kind: "answers"; readonly why: NotKept }
    | { readonly kind: "cancelled" }
    | { readonly kind: "worker-died" }
    | { readonly kind: "internal" }
  );

/** The visitor canceled a request, whether the page or the engine noticed first. */
export const cancelled: Failure = {
  kind: "cancelled",
  title: "Canceled",
  cause: "It was stopped before it finished.",
  action: "Start it again at any time.",
};
