/** What a situation is, and files that many of them have in common. */
import type { DatasetNoticeKind, DatasetProblem, Reading } from "../../../protocol/dataset";
import { type Color, type Files, several, text } from "./made-files.testing";

export interface FieldCase {
  readonly name: string;
  readonly files: Files;
  readonly reading?: Reading;
  /** Classes with their colors; colors are not judged where there is none. */
  readonly classes?: Readonly<Record<string, Color | "">>;
  /** Images of each part that comes from folders or tables, and of the pool that the others are drawn from. */
  readonly counts?: Partial<Record<"pool" | "validation" | "test", number>>;
  readonly notices?: readonly DatasetNoticeKind[];
  readonly refused?: DatasetProblem["kind"];
  /** In some reason why a file was left out. */
  readonly reason?: RegExp;
}

export const pair = (place: (name: string) => string, count = 8): Files => ({
  ...several(place("cat"), "r", count),
  ...several(place("dog"), "g", count),
});
export const pets = { cat: "r", dog: "g" } as const;
export const rows = (lines: readonly (readonly (string | number)[])[], separator = ",") =>
  text(lines.map((line) => line.join(separator)).join("\n"));
export const colorAt = (at: number): Color => (at % 2 === 0 ? "r" : "g");
export const classAt = (at: number) => (at % 2 === 0 ? "cat" : "dog");
export const mixed = (folder: string, count: number, nameOf = (at: number) => `${at}.png`): Files =>
  Object.assign(
    {},
    ...Array.from({ length: count }, (_, at) => several(folder, colorAt(at), 1, () => nameOf(at))),
  );
export const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);
