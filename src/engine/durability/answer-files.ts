import { answersBudget } from "../../protocol/answers";
import { sha256 } from "../dataset/identity/sha256";
import type { AnswerFiles } from "../training/answers/answer-book";
import { openPrivateFiles, type PrivateFiles, StorageFull } from "./private-files";

/** The answers of frozen teachers, a file for each epoch of views, each followed by its SHA-256. */

const FOLDER = "teacher-answers";
const SUM_BYTES = 64;

/**
 * Opens the folder; undefined if the browser does not let this page use private files. If they exceed the budget, files that
 * this training has not used are deleted first.
 */
export async function openAnswerFiles(budget = answersBudget): Promise<AnswerFiles | undefined> {
  const files = await openPrivateFiles(FOLDER);
  if (!files) return undefined;
  const used = new Set<string>();
  // One after the other, so that no two see the same room.
  let writing: Promise<unknown> = Promise.resolve();
  const write = async (name: string, content: Uint8Array<ArrayBuffer>) => {
    used.add(name);
    if (!(await makeRoom(files, name, content.length + SUM_BYTES, budget, used))) return "budget";
    const sum = new TextEncoder().encode(await sha256(content));
    try {
      await files.write(name, [content, sum]);
    } catch (error) {
      if (error instanceof StorageFull) return "full";
      throw error;
    }
    return undefined;
  };
  return {
    read: async (name) => {
      used.add(name);
      const bytes = await files.read(name);
      if (!bytes || bytes.length < SUM_BYTES) return undefined;
      const content = bytes.subarray(0, -SUM_BYTES);
      const sum = new TextDecoder().decode(bytes.subarray(-SUM_BYTES));
      return (await sha256(content)) === sum ? content : undefined;
    },
    write: (name, content) => {
      const written = writing.then(() => write(name, content));
      writing = written.catch(() => undefined);
      return written;
    },
  };
}

/** The bytes of all kept answers. @param deletes whether they are deleted: what no file holds is asked again */
export async function answerBytes(deletes: boolean): Promise<number> {
  const files = await openPrivateFiles(FOLDER);
  let bytes = 0;
  for (const name of (await files?.names()) ?? []) {
    bytes += (await files?.size(name)) ?? 0;
    if (deletes) await files?.remove(name);
  }
  return bytes;
}

/** Deletes unused files until there is room for one more. Resolves to whether there is. */
async function makeRoom(
  files: PrivateFiles,
  name: string,
  bytes: number,
  budget: number,
  used: ReadonlySet<string>,
): Promise<boolean> {
  const others = (await files.names()).filter((other) => other !== name);
  const sizes = await Promise.all(others.map((other) => files.size(other)));
  let total = sizes.reduce((sum, size) => sum + size, bytes);
  for (const [at, other] of others.entries()) {
    if (total <= budget) break;
    if (used.has(other)) continue;
    await files.remove(other);
    total -= sizes[at] as number;
  }
  return total <= budget;
}
