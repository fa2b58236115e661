import type { DatasetPart, RejectedFile } from "../../../protocol/dataset";
import type { RawImage } from "../pixels/raw-image";
import { Rejection } from "../rejection";
import type { Source } from "../source";
import type { Label } from "./label-list";
import { partOfPath } from "./table-names";

/** The images of one file with their labels. */
export interface LabeledBatch {
  /** The path of the file with the images. */
  readonly path: string;
  readonly labels: readonly Label[];
  readonly classNames?: readonly string[] | undefined;
  /** The part, if it differs from that of the path. */
  readonly part?: DatasetPart | undefined;
  readonly parts?: readonly (DatasetPart | undefined)[] | undefined;
  /** Returns an encoded or plain image. Throws a `Rejection`. */
  readonly image: (index: number) => Promise<Uint8Array<ArrayBuffer> | RawImage>;
}

/** The outcome for some files of a selection. */
export interface TableReading {
  readonly sources: readonly Source[];
  readonly rejected: readonly RejectedFile[];
}

/** Makes one source per image. Only images whose label has no name are rejected. */
export function batchSources(batch: LabeledBatch): TableReading {
  const { path, labels, classNames } = batch;
  const part = batch.part ?? partOfPath(path);
  const digits = String(Math.max(labels.length - 1, 0)).length;
  const sources: Source[] = [];
  const rejected: RejectedFile[] = [];
  labels.forEach((label, index) => {
    const own = `${path}/${String(index).padStart(digits, "0")}`;
    const className = typeof label === "string" || !classNames ? String(label) : classNames[label];
    if (className === undefined) {
      const detail = `Its label is ${label}, but only ${classNames?.length} classes have names.`;
      rejected.push(new Rejection("label-mismatch", detail).of(own));
      return;
    }
    const order = typeof label === "number" ? label : (classNames?.indexOf(label) ?? -1);
    sources.push({
      path: own,
      placed: { className, order: order < 0 ? undefined : order, part: batch.parts?.[index] ?? part },
      read: () => batch.image(index),
    });
  });
  return { sources, rejected };
}

/** Throws a `Rejection` unless each image has one label. */
export function checkCounts(images: number, labels: number, labelPath: string): void {
  if (images === labels) return;
  throw new Rejection(
    "label-mismatch",
    `It holds ${images} images, but «${labelPath}» has ${labels} labels.`,
  );
}
