/** Classes that stand in the names of files: `cat.0.png`, `Abyssinian_12.jpg`, `dog (3).png`. */
import type { NamesOffer } from "../../../protocol/dataset";
import { comparePaths, nameOf, withoutEnding } from "./paths";

/** The number that tells the images of a class apart, with what is around it: where it stands. */
const numbers = { behind: /[\s._-]*\(?\d+\)?$/, before: /^\(?\d+\)?[\s._-]+/ } as const;
type Place = keyof typeof numbers;

/** Names are no longer than file systems allow. */
const LONGEST_NAME = 255;

/** Without its number; undefined for a name that has none there, or nothing else. */
function classIn(path: string, place: Place): string | undefined {
  const stem = withoutEnding(nameOf(path)).trim();
  if (stem.length > LONGEST_NAME || !numbers[place].test(stem)) return undefined;
  const name = stem.replace(numbers[place], "").trim();
  return /\p{L}/u.test(name) ? name : undefined;
}

export interface FileClasses {
  /** Undefined for a file whose name says none. */
  readonly of: (path: string) => string | undefined;
  readonly offer: NamesOffer;
}

/** Of a class, at least; a name that only one file bears is its own. */
const FEWEST = 2;

/** Undefined where the names do not tell two classes or more apart. */
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

/** What classes that are mere numbers are called by the files of each, if all of them agree; undefined otherwise. */
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
