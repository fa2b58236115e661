/** Situations found in practice and the right outcome of each. docs/field.md lists them by name. */
import { archiveCases } from "./archives.testing";
import type { FieldCase } from "./field-case.testing";
import { folderCases } from "./folders.testing";
import { listCases } from "./lists.testing";
import { pictureCases } from "./pictures.testing";

export type { FieldCase } from "./field-case.testing";

export const fieldCases: readonly FieldCase[] = [
  ...folderCases,
  ...archiveCases,
  ...listCases,
  ...pictureCases,
];
