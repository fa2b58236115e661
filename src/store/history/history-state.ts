import type { Experiment } from "../../protocol/experiment";
import type { SavedTraining } from "../../protocol/saved-training";
import type { RunRecord } from "../run-state";

/** A saved training whose curves are drawn next to the page's own. */
export interface Overlay {
  readonly id: string;
  readonly title: string;
  /** Short enough to follow an arm's name. */
  readonly brief: string;
  readonly experiment: Experiment;
  readonly runs: readonly RunRecord[];
  /** Increments; unique within one visit. */
  readonly number: number;
}

/** Why an action failed. */
export interface HistoryProblem {
  /** The browser allows no more storage. */
  readonly full: boolean;
  readonly cause: string;
}

export type HistoryAction =
  | "list"
  | "open"
  | "follow"
  | "remark"
  | "remove"
  | "overlay"
  | "export"
  | "import";

/** The result of the last action, where the visitor should know it. */
export type HistoryResult =
  | { readonly kind: "failed"; readonly action: HistoryAction; readonly problem: HistoryProblem }
  /** `skipped` trainings existed already. With a problem, the rest of the file was not read. */
  | {
      readonly kind: "imported";
      readonly added: number;
      readonly skipped: number;
      readonly problem?: HistoryProblem;
    };

/** State of the history of trainings saved in this browser. */
export interface HistoryState {
  /** Newest first. Absent until requested. */
  readonly trainings?: readonly SavedTraining[];
  /** Ids of trainings running in any tab. */
  readonly live: readonly string[];
  readonly overlays: readonly Overlay[];
  /** Bytes of everything this page stores, including images and checkpoints. */
  readonly storage?: { readonly usage: number; readonly quota: number };
  /** Why the current training is not being saved. */
  readonly unsaved?: HistoryProblem;
  readonly result?: HistoryResult;
  /** The long operation in progress. */
  readonly busy?: "export" | "import";
}

export const noHistory: HistoryState = { live: [], overlays: [] };

/**
 * Trainings that contain every word of the query in their name, remarks, arms, methods, images or status. "#x" is a
 * tag.
 */
export function searchTrainings(
  trainings: readonly SavedTraining[],
  query: string,
): readonly SavedTraining[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return trainings;
  return trainings.filter((saved) => {
    const tags = saved.tags.map((tag) => tag.toLowerCase());
    const text = textOf(saved).toLowerCase();
    return words.every((word) =>
      word.length > 1 && word.startsWith("#")
        ? tags.some((tag) => tag.startsWith(word.slice(1)))
        : text.includes(word),
    );
  });
}

function textOf({ name, note, tags, status, experiment: { arms, dataset } }: SavedTraining): string {
  const images = dataset.source === "files" ? dataset.name : dataset.source;
  const schemes = arms.flatMap((arm) => [
    arm.name,
    arm.scheme.method,
    arm.student.network,
    arm.teacher.network,
  ]);
  return [name, note, ...tags, status, images, ...schemes].join(" ");
}

/** "a, b ,a" → a, b: a comma-separated list typed by the visitor. */
export function tagsFrom(text: string): readonly string[] {
  const tags = text
    .split(",")
    .map((tag) => tag.trim().replace(/^#/, ""))
    .filter(Boolean);
  return [...new Set(tags)];
}
