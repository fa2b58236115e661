import {
  type DatasetPart,
  type DatasetProblem,
  type DatasetSummary,
  datasetParts,
  type FileEntry,
  importLimits,
  type Reading,
  type Refusal,
  type RejectedFile,
} from "../../protocol/dataset";
import type { Dataset, ImageSet } from "./dataset";
import { withoutCopies } from "./identity/copies-in-parts";
import { hashDataset } from "./identity/hash";
import { unequalClasses } from "./layout/balance";
import type { FolderLayout } from "./layout/folders";
import { layOutSources } from "./layout/layout";
import { idleLists, lostClasses, offersOf } from "./layout/losses";
import { namesImage } from "./layout/paths";
import type { LongTask } from "./long-task";
import { withLabelNoise } from "./parts/label-noise";
import { assignParts } from "./parts/parts";
import { permuteRecords } from "./parts/permute";
import type { SplitShares } from "./parts/split";
import { decodeAll } from "./pixels/decode-all";
import {
  DatasetProblemError,
  detectionLabels,
  noClasses,
  noImages,
  noTrainingImages,
  singleClass,
  tooManyClasses,
} from "./problems";
import type { Source } from "./source";
import { type Listing, listSources } from "./sources";
import { summarise } from "./summary";

export interface ImportOptions {
  readonly name: string;
  /** Pixels per side. */
  readonly size: number;
  /** Seed of the split, if the folders do not define all parts. */
  readonly seed: number;
  /** Share of the pool (or of train/) given to a part without a folder. */
  readonly shares: SplitShares;
  /** Maximum number of training images per class. */
  readonly perClass?: number;
  /** Share of the training images given a wrong label. */
  readonly labelNoise?: number;
  /** The visitor's choices where files can be read in more than one way. */
  readonly reading?: ReadonlySet<Reading>;
}

export const defaultShares: SplitShares = { validation: 0.1, test: 0.2 };

export type ImportOutcome =
  | { readonly ok: true; readonly dataset: Dataset; readonly summary: DatasetSummary }
  | ({
      readonly ok: false;
      readonly problem: DatasetProblem;
    } & Refusal);

/**
 * Makes a dataset from image folders, tables of images, or archives of these. Unusable files are listed and skipped.
 * The same files give the same dataset in any order. Throws the signal's reason when aborted.
 */
export function importImages(
  entries: readonly FileEntry[],
  options: ImportOptions,
  task: LongTask = {},
): Promise<ImportOutcome> {
  task.onProgress?.({ phase: "listing", done: 0, total: entries.length });
  return importListed(() => listSources(entries, options.reading), options, task);
}

/** Does the same for images listed elsewhere, such as on a server. */
export async function importListed(
  list: () => Promise<Listing>,
  options: ImportOptions,
  task: LongTask = {},
): Promise<ImportOutcome> {
  const rejected: RejectedFile[] = [];
  let known: Omit<Refusal, "rejected"> = { ignored: 0, notices: [] };
  const { reading } = options;
  try {
    const listing = await list();
    task.signal?.throwIfAborted();
    rejected.push(...listing.rejected);
    const { ignored, sources } = listing;
    known = { ignored, notices: listing.notices };
    refuseManyClasses(listing, options);

    const decoded = await decodeAll(sources, options.size, task, reading?.has("stretched"));
    for (const file of decoded.rejected) rejected.push(file);
    const accepted = decoded.accepted.map((slot) => sources[slot] as Source);
    const layout = layOutSources(accepted, { ...listing, ...(reading && { reading }) });
    for (const file of [...layout.rejected, ...idleLists(listing, layout)]) rejected.push(file);
    const lost = layout.images.length > 0 ? lostClasses(listing, layout, decoded, reading) : [];
    const notices = [...lost, ...listing.notices, ...layout.notices, ...decoded.notices];
    known = { ignored, notices, ...offersOf(layout, accepted, listing, reading) };
    refuseUnusable(layout, rejected, listing.boxes);

    const slots = slotsByPath(sources);
    const assigned = assignParts(layout, { perClass: Number.POSITIVE_INFINITY, ...options });
    const placed = layout.images.map((image) => ({ ...image, slot: slots.get(image.path) as number }));
    const { members, notices: ofCopies } = withoutCopies(
      placed,
      assigned.members,
      { ...decoded, size: options.size },
      reading,
    );
    const { origins } = assigned;
    notices.push(...ofCopies, ...unequalClasses(layout));
    const { train, ...heldOut } = arrange(layout, members, decoded.pixels, slots, options.size);
    const noisy = withLabelNoise(train, layout.classNames.length, options.labelNoise ?? 0, options.seed);
    task.onProgress?.({ phase: "hashing", done: 0, total: layout.images.length });
    const content = { name: options.name, classNames: layout.classNames, train: noisy, ...heldOut };
    const dataset = { ...content, hash: await hashDataset(content) };
    task.signal?.throwIfAborted();
    return { ok: true, dataset, summary: summarise(dataset, origins, { rejected, ignored, notices }) };
  } catch (error) {
    if (error instanceof DatasetProblemError)
      return { ok: false, problem: error.problem, rejected, ...known };
    throw error;
  }
}

/** Checks names before anything is decoded, so that problems show at once and not after minutes. */
function refuseManyClasses(listing: Listing, { reading }: ImportOptions): void {
  const { classNames } = layOutSources(
    listing.sources.filter(({ path, placed }) => placed || namesImage(path)),
    { ...listing, ...(reading && { reading }) },
  );
  if (classNames.length > importLimits.classes) {
    throw new DatasetProblemError(tooManyClasses(classNames.length, importLimits.classes));
  }
}

/** A block is kept unchanged if at least this share of it is used. */
const KEPT_SHARE = 0.8;

function slotsByPath(sources: readonly Source[]): ReadonlyMap<string, number> {
  return new Map(sources.map(({ path }, slot) => [path, slot]));
}

/** Tells whether most of the files are pictures in a format that browsers do not decode. */
const isForeign = (files: readonly RejectedFile[]) =>
  2 * files.filter(({ reason }) => reason === "unsupported-format").length > files.length;

function refuseUnusable(
  { classNames, images, rejected }: FolderLayout,
  files: readonly RejectedFile[],
  boxes: string | undefined,
): void {
  const [first] = classNames;
  if (boxes !== undefined && classNames.length < 2) throw new DatasetProblemError(detectionLabels(boxes));
  if (first === undefined) {
    throw new DatasetProblemError(
      rejected.length > 0 ? noClasses() : noImages(files.length, isForeign(files)),
    );
  }
  if (classNames.length === 1) throw new DatasetProblemError(singleClass(first));
  if (classNames.length > importLimits.classes) {
    throw new DatasetProblemError(tooManyClasses(classNames.length, importLimits.classes));
  }
  if (images.every(({ part }) => part === "validation" || part === "test")) {
    throw new DatasetProblemError(noTrainingImages());
  }
}

/**
 * Returns the parts as views of one block of pixels, whose images are permuted in place: memory may not have room for
 * two blocks of a large dataset.
 */
function arrange(
  { images, classNames }: FolderLayout,
  members: Readonly<Record<DatasetPart, readonly number[]>>,
  pixels: Uint8Array,
  slots: ReadonlyMap<string, number>,
  size: number,
): Record<DatasetPart, ImageSet> {
  const bytes = size * size * 3;
  const classIndex = new Map(classNames.map((name, index) => [name, index]));
  const imageOf = (member: number) => {
    const image = images[member];
    if (!image) throw new RangeError("a part has a member that is not an image");
    return image;
  };
  const order = datasetParts.flatMap((part) =>
    members[part].map((at) => slots.get(imageOf(at).path) as number),
  );
  permuteRecords(pixels, bytes, order);
  // A small choice must not keep the memory of the many images left out.
  const chosen = pixels.subarray(0, order.length * bytes);
  const block = chosen.length < KEPT_SHARE * pixels.length ? chosen.slice() : chosen;
  let from = 0;
  const part = (name: DatasetPart): ImageSet => {
    const count = members[name].length;
    const own = block.subarray(from * bytes, (from + count) * bytes);
    from += count;
    const labels = Int32Array.from(members[name], (at) => classIndex.get(imageOf(at).className) as number);
    return { count, size, channels: 3, pixels: own, labels };
  };
  return { train: part("train"), validation: part("validation"), test: part("test") };
}
