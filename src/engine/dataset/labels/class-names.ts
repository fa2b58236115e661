/** Lists of class names: `n01443537 → goldfish`, `0 → daisy`. */
import type { LabelTable, Rows } from "./columns";
import { parseCsv } from "./csv";

export interface NameList {
  readonly path: string;
  readonly names: ReadonlyMap<string, string>;
}

const LONGEST_NAME = 100;
const LONGEST_LINE = 1_000;
const listWords = /class|label|names?|words|synset|categor|wnid|map|legend|cat_to/i;

/** Returns undefined for a text that does not name classes; the file's name has to say so. */
export function nameList(path: string, text: string, table: LabelTable | undefined): NameList | undefined {
  if (!listWords.test(path.slice(path.lastIndexOf("/") + 1))) return undefined;
  const rows = table && table.cuts.length === 1 ? table.cuts[0] : cutOnce(text);
  const names = pairsOf(rows ?? []);
  return names && { path, names };
}

/** Splits each line at its first separator. */
function cutOnce(text: string): Rows {
  const lines = text.split(/\r?\n/);
  if (/[,\t;]/.test(lines[0] ?? "")) return parseCsv(text);
  return lines.flatMap((line) => {
    const pair = line.slice(0, LONGEST_LINE).trim();
    const key = pair.split(/\s/, 1)[0] ?? "";
    return key === "" || key === pair ? [] : [[key.replace(/:$/, ""), pair.slice(key.length)]];
  });
}

/** Returns undefined unless every row has one key and one name, all distinct. */
function pairsOf(rows: Rows): ReadonlyMap<string, string> | undefined {
  const names = new Map<string, string>();
  for (const [key = "", name = "", ...more] of rows) {
    if (more.some((field) => field.trim() !== "")) return undefined;
    const [own, called] = [key.trim(), name.trim().normalize("NFC")];
    if (own === "" || called === "" || called.length > LONGEST_NAME || names.has(own)) return undefined;
    names.set(own, called);
  }
  return names.size < 2 ? undefined : names;
}

/**
 * Returns the class names given by the only list with all classes, looked up by name or by number (from 0).
 *
 * @returns undefined if no list has all classes, or if two have and differ
 */
export function calledBy(lists: readonly NameList[], classNames: readonly string[]): NameList | undefined {
  if (classNames.length < 2) return undefined;
  const fitting = lists.filter(({ names }) => {
    const called = classNames.map((className) => names.get(className));
    const isNumber = called.some((name) => name !== undefined && /^[\d.,]+$/.test(name));
    return !isNumber && called.every((name) => name !== undefined) && new Set(called).size === called.length;
  });
  const [first, ...others] = fitting;
  const differs = others.some((other) =>
    classNames.some((className) => other.names.get(className) !== first?.names.get(className)),
  );
  return differs ? undefined : first;
}
