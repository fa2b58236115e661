import type { FoundFile } from "../files";
import { pairingKey, partOfPath } from "./table-names";

/** A file and its content. */
export interface Read<Content> {
  readonly file: FoundFile;
  readonly content: Content;
}

interface Pairs<Image, Labels> {
  readonly pairs: readonly { readonly images: Read<Image>; readonly labels: Read<Labels> }[];
  readonly images: readonly Read<Image>[];
  readonly labels: readonly Read<Labels>[];
}

/**
 * Pairs files of images with files of labels by their names. If one of each is left, they
 * are also paired, unless their names state different parts.
 */
export function pairUp<Image, Labels>(
  images: readonly Read<Image>[],
  labels: readonly Read<Labels>[],
): Pairs<Image, Labels> {
  const key = ({ file }: Read<unknown>) => pairingKey(file.path);
  const only = <Content>(files: readonly Read<Content>[], wanted: string) => {
    const [first, second] = files.filter((file) => key(file) === wanted);
    return second ? undefined : first;
  };
  const pairs = images.flatMap((image) => {
    const own = only(images, key(image)) && only(labels, key(image));
    return own ? [{ images: image, labels: own }] : [];
  });
  const restOfImages = images.filter((image) => !pairs.some((pair) => pair.images === image));
  const restOfLabels = labels.filter((list) => !pairs.some((pair) => pair.labels === list));
  const [image, list] = [restOfImages[0], restOfLabels[0]];
  if (image && list && restOfImages.length === 1 && restOfLabels.length === 1) {
    const parts = [image, list].flatMap(({ file }) => partOfPath(file.path) ?? []);
    if (parts.length < 2 || parts[0] === parts[1]) {
      return { pairs: [...pairs, { images: image, labels: list }], images: [], labels: [] };
    }
  }
  return { pairs, images: restOfImages, labels: restOfLabels };
}
