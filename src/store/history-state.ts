import type { Experiment } from "../protocol/experiment";
import type { SavedTraining } from "../protocol/saved-training";
import type { RunRecord } from "./run-state";

/** A saved training whose curves are drawn beside those of the page's own. */
export interface Overlay {
  readonly id: string;
  readonly title: string;
  /** Short enough to stand behind an arm's name. */
  readonly brief: string;
  readonly experiment: Experiment;
  readonly runs: readonly RunRecord[];
  /** Counts up; never given twice in one visit. */
  readonly number: number;
}

/** Why something was not done. */
export interface HistoryProblem {
  /** The browser grants no more room. */
  readonly full: boolean;
  readonly cause: string;
}

export type HistoryDeed = "list" | "open" | "follow" | "remark" | "remove" | "overlay" | "export" | "import";

/** What was done with it last, where the visitor should know. */
export type HistoryWord =
  | { readonly kind: "failed"; readonly deed: HistoryDeed; readonly problem: HistoryProblem }
  /** `skipped` were here already. With a problem, no more of the file was read. */
  | {
      readonly kind: "imported";
      readonly added: number;
      readonly skipped: number;
      readonly problem?: HistoryProblem;
    };

/** What this browser has kept of trainings. */
export interface HistoryState {
  /** Newest first. Absent until they were asked for. */
  readonly trainings?: readonly SavedTraining[];
  /** Ids of those that some tab trains now. */
  readonly live: readonly string[];
  readonly overlays: readonly Overlay[];
  /** Bytes, of all that this page keeps: images and checkpoints as well. */
  readonly storage?: { readonly usage: number; readonly quota: number };
  /** Why what trains now is not being added. */
  readonly unsaved?: HistoryProblem;
  readonly word?: HistoryWord;
  /** What takes long and is under way. */
  readonly busy?: "export" | "import";
}

export const noHistory: HistoryState = { live: [], overlays: [] };

/** Trainings in which every word of the query occurs: in name, remarks, arms, methods, images or status. "#x" is a tag. */
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
  const images = dataset.source === "shapes" ? "Shapes" : dataset.name;
  const schemes = arms.flatMap((arm) => [
    arm.name,
    arm.scheme.method,
    arm.student.network,
    arm.teacher.network,
  ]);
  return [name, note, ...tags, status, images, ...schemes].join(" ");
}

/** "a, b ,a" → a, b: what a visitor writes as a list. */
export function tagsFrom(text: string): readonly string[] {
  const tags = text
    .split(",")
    .map((tag) => tag.trim().replace(/^#/, ""))
    .filter(Boolean);
  return [...new Set(tags)];
}
