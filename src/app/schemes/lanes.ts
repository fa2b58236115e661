import type { Scheme } from "../../protocol/experiment";
import { teacherOf } from "../../protocol/schemes";
import { texts } from "../../texts/texts";

/** One network or other source, with its contribution to the student's loss. */
export interface Lane {
  readonly name: string;
  readonly kind: "student" | "copy" | "teacher" | "peer" | "labels" | "memory";
  /** Its input; other sources have none. */
  readonly sees?: string;
  /** Its contribution to the loss; without one, it only feeds the next lane. */
  readonly gives?: string;
  /** Pretrained and frozen. */
  readonly frozen?: boolean;
  /** The effect of the lane above: updates it as a momentum copy, or adds embeddings. */
  readonly fromAbove?: "ema" | "enqueue";
  /** The same from the lane below. */
  readonly fromBelow?: "enqueue";
}

/** Texts that the lanes of several methods use. */
export const sources = () => texts().schemes.sources;

export const student = (sees: string, gives: string): Lane => ({ name: "S", kind: "student", sees, gives });

export const copy = (sees: string, gives?: string): Lane => ({
  name: "Ŝ",
  kind: "copy",
  sees,
  ...(gives !== undefined && { gives }),
  fromAbove: "ema",
});

export const teacher = (sees: string, gives: string, frozen = true): Lane => ({
  name: "T",
  kind: "teacher",
  sees,
  gives,
  frozen,
});

export const labels = (gives: string): Lane => ({ name: sources().labels, kind: "labels", gives });

export const queue = (gives: string, from: Pick<Lane, "fromAbove" | "fromBelow">): Lane => ({
  name: sources().queue,
  kind: "memory",
  gives,
  ...from,
});

/** A query, its key, and a queue of other images. */
export const contrast = (): readonly Lane[] => [
  student("v", sources().query),
  copy("v′", sources().findOtherView),
  queue(sources().notThese, { fromAbove: "enqueue" }),
];

/** The stages of a scheme, in a few words. */
export function stagesNote(scheme: Scheme): string {
  const { footnotes } = texts().schemes;
  const source = teacherOf(scheme);
  if (source.when === "none") return footnotes.oneStage;
  if (source.when === "alongside") return footnotes.together;
  if (source.by === "supervised") return footnotes.frozenByLabels;
  return footnotes.frozenTeacherBy(texts().methods[source.by].name);
}
