import type { InspectedMoment, Inspection } from "../../protocol/messages";
import type { RunRecord } from "../../store/run-state";

/** The predictions of one of a run's encoders for the held-out images. */
export interface Encoder {
  /** Key of its name in the texts. */
  readonly id: "teacher" | "untrained" | "truth";
  readonly predictions: readonly number[];
}

export interface InspectedRun {
  /** The part that the images belong to. */
  readonly part: "validation" | "test";
  /** Indices within the held-out part; all lists are in their order. */
  readonly images: readonly number[];
  readonly labels: readonly number[];
  readonly student: Inspection;
  readonly teacher?: Inspection;
  readonly untrained?: Inspection;
}

/** The run's final encoders, or those of the requested moment; undefined where there are neither. */
export function inspectedRun({
  final,
  floors,
  moment,
}: {
  final: RunRecord["final"];
  floors: RunRecord["floors"];
  moment?: InspectedMoment | undefined;
}): InspectedRun | undefined {
  const student = final?.inspection ?? moment?.student;
  if (!student) return undefined;
  const teacher = final?.inspection ? final.teacher?.inspection : moment?.teacher;
  const part = final?.inspection ? "test" : (moment?.part ?? "test");
  // The untrained encoder is inspected on test images only.
  const untrained = part === "test" ? floors?.inspection : undefined;
  const { images, labels } = student;
  return { part, images, labels, student, ...(teacher && { teacher }), ...(untrained && { untrained }) };
}

/** The references that the student can be compared with. */
export function referencesOf({ labels, teacher, untrained }: InspectedRun): readonly Encoder[] {
  return [
    ...(teacher ? [{ id: "teacher", predictions: teacher.predictions } as const] : []),
    ...(untrained ? [{ id: "untrained", predictions: untrained.predictions } as const] : []),
    { id: "truth", predictions: labels },
  ];
}

/** Positions in the lists by pair of classes: [reference's class][student's class]. */
export function confusion(
  reference: readonly number[],
  student: readonly number[],
  classes: number,
): readonly (readonly (readonly number[])[])[] {
  const cells = Array.from({ length: classes }, () => Array.from({ length: classes }, (): number[] => []));
  reference.forEach((given, at) => {
    cells[given]?.[student[at] ?? -1]?.push(at);
  });
  return cells;
}

/**
 * The classes that the two disagree about most often, in their original order, when there are too many for a matrix.
 */
export function mostConfused(
  cells: readonly (readonly (readonly number[])[])[],
  most: number,
): readonly number[] {
  const all = [...cells.keys()];
  const disagreed = all.map((one) =>
    all.reduce((sum, other) => {
      if (other === one) return sum;
      return sum + (cells[one]?.[other]?.length ?? 0) + (cells[other]?.[one]?.length ?? 0);
    }, 0),
  );
  const order = all.toSorted((a, b) => (disagreed[b] ?? 0) - (disagreed[a] ?? 0));
  return order.slice(0, most).sort((a, b) => a - b);
}

/** Positions where one of the two is right and the other wrong. */
export function changes(
  labels: readonly number[],
  reference: readonly number[],
  student: readonly number[],
): { readonly fixed: readonly number[]; readonly broken: readonly number[] } {
  const places = [...labels.keys()];
  const right = (predictions: readonly number[], at: number) => predictions[at] === labels[at];
  return {
    fixed: places.filter((at) => right(student, at) && !right(reference, at)),
    broken: places.filter((at) => !right(student, at) && right(reference, at)),
  };
}

/** A color per class, evenly spaced in hue. */
export const classColor = (label: number, classes: number): string =>
  `oklch(0.64 0.15 ${Math.round((360 * label) / Math.max(1, classes))})`;
