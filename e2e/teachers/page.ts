import type { Floors } from "../../src/protocol/messages";
import type { TeacherModel } from "../../src/protocol/teacher-model";

/** Writes the table of docs/teachers.md from a training. */

export interface TaughtRow {
  readonly name: string;
  /** Shares of held-out images, by nearest neighbors and by a linear classifier. */
  readonly knn: number;
  readonly linear: number;
}

interface Measured {
  readonly device: string;
  readonly steps: number;
  readonly batchSize: number;
  readonly model: TeacherModel | undefined;
  readonly rows: readonly TaughtRow[];
  readonly teacherKnn: number;
  readonly floors: Floors | undefined;
}

const percent = (share: number | undefined) =>
  share === undefined || !Number.isFinite(share) ? "–" : `${(100 * share).toFixed(1)} %`;

const [begin, end] = ["<!-- table -->", "<!-- end of table -->"];

/** The page with its table replaced. @throws Error if it has no place for one */
export function withTable(page: string, measured: Measured): string {
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error("docs/teachers.md has no table.");
  return `${before}${begin}\n${tableOf(measured)}${end}${after}`;
}

function tableOf({ device, steps, batchSize, model, rows, teacherKnn, floors }: Measured): string {
  const floor = floors?.final ?? floors;
  const lines = [
    ["Teacher, on validation images", percent(teacherKnn), "–"],
    ...rows.map(({ name, knn, linear }) => [name, percent(knn), percent(linear)]),
    ["Untrained student", percent(floor?.calibrated.knnTop1), percent(floor?.calibrated.probeTop1)],
    ["Pixels", percent(floor?.pixels.knnTop1), "–"],
  ].map((cells) => `| ${cells.join(" | ")} |`);
  const pixels = floor?.pixels.knnTop1 ?? Number.NaN;
  const judgment =
    teacherKnn < pixels
      ? " Its features tell these classes apart less well than pixels do, so nobody can be expected to learn from it: the check before a training shows that."
      : "";
  return [
    `Steps of ${batchSize} images: ${steps}; one seed. Device: ${device}. Teacher: ${model?.dimension} numbers per image of ${model?.side} pixels.${judgment}`,
    "",
    "| | kNN | linear |",
    "|---|---:|---:|",
    ...lines,
    "",
  ].join("\n");
}
