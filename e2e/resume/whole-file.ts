import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** A file could not be written, because its disk has no room. */
export class DiskFull extends Error {
  constructor(path: string) {
    super(
      `The disk is full: ${path} could not be written. Free some space in ${dirname(path)} and call again; what was saved before is unchanged.`,
    );
    this.name = "DiskFull";
  }
}

const isFull = (error: unknown) =>
  error instanceof Error && /\b(ENOSPC|EDQUOT|no space left on device)\b/i.test(error.message);

/** The error to report for a failed write of `path`. */
export const asDiskFull = (error: unknown, path: string): unknown =>
  isFull(error) ? new DiskFull(path) : error;

/**
 * Writes a file all or nothing: whoever reads it, also after a power cut, finds the old content or the new one. @throws
 * DiskFull
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const part = partOf(path);
  try {
    const file = openSync(part, "w");
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw asDiskFull(error, path);
  }
}

/** Lets `write` fill a file next to `path`, and then puts it in its place. @throws DiskFull */
export async function writtenWhole(path: string, write: (part: string) => Promise<unknown>): Promise<void> {
  const part = partOf(path);
  try {
    await write(part);
    const file = openSync(part, "r+");
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw asDiskFull(error, path);
  }
}

/** In the same folder, since a file can only be renamed within its disk. */
const partOf = (path: string) => `${path}.${process.pid}.part`;
