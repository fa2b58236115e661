import type { DatasetProblem, Refusal } from "./dataset";
import type { DownloadProblem } from "./downloads";

interface Explanation {
  readonly title: string;
  readonly cause: string;
  readonly action: string;
}

/** Why something did not work, with what the visitor can do about it. */
export type Failure = Explanation &
  (
    | { readonly kind: "no-backend" }
    | { readonly kind: "device-lost" }
    | { readonly kind: "out-of-memory" }
    | { readonly kind: "dataset"; readonly problem: DatasetProblem; readonly refusal?: Refusal }
    /** `name`: what its author called the images; `hub`: where they can be fetched. */
    | { readonly kind: "dataset-missing"; readonly name?: string; readonly hub?: string }
    | { readonly kind: "download"; readonly problem: DownloadProblem }
    | { readonly kind: "dataset-unfit"; readonly field: string }
    /** Of the first setting that the schema refuses. */
    | {
        readonly kind: "experiment-invalid";
        readonly field: string;
        readonly given: string;
        readonly allowed: string;
      }
    | { readonly kind: "diverged"; readonly runId: string; readonly step: number; readonly network: string }
    | { readonly kind: "not-running" }
    | { readonly kind: "nothing-to-continue" }
    | { readonly kind: "weights" }
    | { readonly kind: "storage" }
    | { readonly kind: "cancelled" }
    | { readonly kind: "worker-died" }
    | { readonly kind: "internal" }
  );

/** The visitor stopped a request, whether the page or the engine noticed first. */
export const cancelled: Failure = {
  kind: "cancelled",
  title: "Cancelled",
  cause: "It was stopped before it was done.",
  action: "Start it again when you like.",
};
