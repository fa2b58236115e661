/** The type of a situation, and files common to many of them. */
import type { DatasetNoticeKind, DatasetProblem, Reading } from "../../../protocol/dataset";
import { type Color, type Files, several, text } from "./made-files.testing";

export interface FieldCase {
  readonly name: string;
  readonly files: Files;
  readonly reading?: Reading;
  /** Classes with their colors; a class without a color is not checked for it. */
  readonly classes?: Readonly<Record<string, Color | "">>;
  /** Numbers of images in each part from folders or tables, and in the pool for the others. */
  readonly counts?: Partial<Record<"pool" | "validation" | "test", number>>;
  readonly notices?: readonly DatasetNoticeKind[];
  readonly refused?: DatasetProblem["kind"];
  /** Matches the reason of at least one skipped file. */
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
