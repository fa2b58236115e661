import type { FileEntry } from "../protocol/dataset";

/** Images that a visitor gathers one by one, pasted or taken with the camera, class by class. */

export interface GatheredImage {
  readonly id: number;
  readonly blob: Blob;
}

export interface GatheredClass {
  readonly id: number;
  readonly name: string;
  readonly images: readonly GatheredImage[];
}

export interface Gathering {
  readonly classes: readonly GatheredClass[];
  /** The class that pasted images go to. */
  readonly chosen: number;
  /** Id of the next class or image. */
  readonly nextId: number;
  /** Number of recently offered files that were rejected: not images, or beyond the limit. */
  readonly refused: number;
}

/** One for each part: training, validation, testing. */
export const LEAST_PER_CLASS = 3;
const MOST_IMAGES = 10_000;
const MOST_CLASSES = 100;
const MOST_CHARACTERS = 60;

/** Formats that browsers decode to pixels. */
const usableTypes: ReadonlySet<string> = new Set(
  ["png", "jpeg", "webp", "gif", "bmp", "avif"].map((format) => `image/${format}`),
);

/** Two unnamed classes, the minimum for a classification task. */
export function emptyGathering(nameOf: (number: number) => string): Gathering {
  const classes = [1, 2].map((id) => ({ id, name: nameOf(id), images: [] }));
  return { classes, chosen: 1, nextId: 3, refused: 0 };
}

export const countOf = ({ classes }: Gathering): number =>
  classes.reduce((sum, { images }) => sum + images.length, 0);

export function addClass(gathering: Gathering, name: string): Gathering {
  const { classes, nextId } = gathering;
  if (classes.length >= MOST_CLASSES) return gathering;
  return {
    ...gathering,
    classes: [...classes, { id: nextId, name, images: [] }],
    chosen: nextId,
    nextId: nextId + 1,
  };
}

const changeClass = (
  gathering: Gathering,
  id: number,
  change: (own: GatheredClass) => GatheredClass,
): Gathering => ({
  ...gathering,
  classes: gathering.classes.map((own) => (own.id === id ? change(own) : own)),
});

export const renameClass = (gathering: Gathering, id: number, name: string): Gathering =>
  changeClass(gathering, id, (own) => ({ ...own, name: name.slice(0, MOST_CHARACTERS) }));

export function removeClass(gathering: Gathering, id: number): Gathering {
  const classes = gathering.classes.filter((own) => own.id !== id);
  const chosen = gathering.chosen === id ? (classes[0]?.id ?? 0) : gathering.chosen;
  return { ...gathering, classes, chosen };
}

/**
 * Adds images to a class, by default the selected one. Files that browsers cannot decode, or beyond the limit, are
 * counted.
 */
export function addImages(gathering: Gathering, blobs: readonly Blob[], id = gathering.chosen): Gathering {
  const room = MOST_IMAGES - countOf(gathering);
  const usable = blobs.filter(({ type, size }) => size > 0 && usableTypes.has(type)).slice(0, room);
  const added = usable.map((blob, at) => ({ id: gathering.nextId + at, blob }));
  const changed = changeClass(gathering, id, (own) => ({ ...own, images: [...own.images, ...added] }));
  return { ...changed, nextId: gathering.nextId + added.length, refused: blobs.length - usable.length };
}

export const removeImage = (gathering: Gathering, id: number, image: number): Gathering =>
  changeClass(gathering, id, (own) => ({ ...own, images: own.images.filter((other) => other.id !== image) }));

/** Why the gathered images are not a dataset yet. */
export type GatheringProblem =
  | { readonly kind: "few-classes" }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "same-name"; readonly name: string }
  | { readonly kind: "few-images"; readonly name: string; readonly found: number };

const plain = (name: string) => name.trim().normalize("NFC");

/** Names become folders: none may be empty, hidden or a path. */
const isUsableName = (name: string) => name !== "" && !/[\\/\p{Cc}]|^\./u.test(name) && name !== "__MACOSX";

export function gatheringProblems({ classes }: Gathering): GatheringProblem[] {
  const seen = new Set<string>();
  const problems: GatheringProblem[] = classes.length < 2 ? [{ kind: "few-classes" }] : [];
  for (const { name: given, images } of classes) {
    const name = plain(given);
    if (!isUsableName(name)) problems.push({ kind: "name", name: given });
    else if (seen.has(name)) problems.push({ kind: "same-name", name });
    else if (images.length < LEAST_PER_CLASS)
      problems.push({ kind: "few-images", name, found: images.length });
    seen.add(name);
  }
  return problems;
}

/** The images as files in folders named after their classes. */
export function filesOf({ classes }: Gathering): FileEntry[] {
  return classes.flatMap(({ name, images }) =>
    images.map(({ id, blob }) => ({
      path: `gathered/${plain(name)}/${String(id).padStart(6, "0")}.${blob.type.replace("image/", "")}`,
      file: blob,
    })),
  );
}
