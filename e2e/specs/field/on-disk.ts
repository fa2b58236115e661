import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type FieldCase, fieldCases } from "../../../src/engine/dataset/field/field-cases.testing";
import { temporaryFolder } from "../../fixtures/temporary-folder";

/** @throws RangeError for one that there is none of */
export function situation(name: string): FieldCase {
  const found = fieldCases.find((one) => one.name === name);
  if (!found) throw new RangeError(`There is no situation «${name}».`);
  return found;
}

/** What a visitor would drop: a folder, or everything that lies in it. */
export function onDisk(
  { files }: Pick<FieldCase, "files">,
  name = "all",
): { folder: string; within: string[] } {
  const root = join(temporaryFolder("field"), name);
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), bytes);
  }
  return { folder: root, within: readdirSync(root).map((one) => join(root, one)) };
}
