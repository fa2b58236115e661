/** Reads classes from file names: `cat.0.png`, `Abyssinian_12.jpg`, `dog (3).png`. */
import type { NamesOffer } from "../../../protocol/dataset";
import { comparePaths, nameOf, withoutEnding } from "./paths";

/** Patterns of the number that distinguishes images of a class, with its delimiters, by position. */
const numbers = { behind: /[\s._-]*\(?\d+\)?$/, before: /^\(?\d+\)?[\s._-]+/ } as const;
type Place = keyof typeof numbers;

/** Maximum length of a file name in common file systems. */
const LONGEST_NAME = 255;

/** Removes the number; undefined if there is none in that position, or nothing else. */
function classIn(path: string, place: Place): string | undefined {
  const stem = withoutEnding(nameOf(path)).trim();
  if (stem.length > LONGEST_NAME || !numbers[place].test(stem)) return undefined;
  const name = stem.replace(numbers[place], "").trim();
  return /\p{L}/u.test(name) ? name : undefined;
}

export interface FileClasses {
  /** Returns undefined for a file whose name gives no class. */
  readonly of: (path: string) => string | undefined;
  readonly offer: NamesOffer;
}

/** Minimum files per class; a name with only one file is not a class. */
const FEWEST = 2;

/** Returns undefined if the names do not give at least two classes. */
export function fileClasses(paths: readonly string[]): FileClasses | undefined {
  for (const place of ["behind", "before"] as const) {
    const found = new Map<string, string[]>();
    for (const path of paths) {
      const name = classIn(path, place);
      if (name !== undefined) found.set(name, [...(found.get(name) ?? []), path]);
    }
    for (const [name, own] of found) if (own.length < FEWEST) found.delete(name);
    const named = [...found.values()].reduce((sum, own) => sum + own.length, 0);
    if (found.size < 2 || 2 * named <= paths.length) continue;
    const classes = [...found]
      .sort(([a], [b]) => comparePaths(a, b))
      .map(([className, own]) => ({ className, count: own.length, example: nameOf(own[0] as string) }));
    return {
      of: (path) => {
        const name = classIn(path, place);
        return name !== undefined && found.has(name) ? name : undefined;
      },
      offer: { classes, unnamed: paths.length - named },
    };
  }
  return undefined;
}

/** Names numeric classes after their files if all files of each class agree; undefined otherwise. */
export function namesByFiles({
  classNames,
  images,
}: {
  readonly classNames: readonly string[];
  readonly images: readonly { readonly path: string; readonly className: string }[];
}): ReadonlyMap<string, string> | undefined {
  if (classNames.length < 2 || !classNames.every((name) => /^\d+$/.test(name))) return undefined;
  const names = new Map<string, string>();
  for (const { path, className } of images) {
    const name = classIn(path, "behind");
    if (name === undefined || (names.get(className) ?? name) !== name) return undefined;
    names.set(className, name);
  }
  return new Set(names.values()).size === classNames.length ? names : undefined;
}
