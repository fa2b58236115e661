import type { FileEntry } from "../protocol/dataset";
import type { Request } from "../protocol/messages";
import { datasetMissing, EngineFailure } from "./failures";

/** Selections of many files cross from the page in parts, so that it does not stand still meanwhile. */
export class HandedFiles {
  private files: FileEntry[] = [];

  /** @throws EngineFailure when parts before this one are missing, as they were given to an engine that has died */
  take(from: number, entries: readonly FileEntry[]): void {
    if (from === 0) this.files = [];
    this.expect(from);
    for (const entry of entries) this.files.push(entry);
  }

  /** A request to load them, with all of the selection. The parts are given away with it. @throws as `take` */
  completed<R extends Request>(request: R): R {
    const before = this.files;
    if (request.type !== "load-files" || !request.from) return request;
    this.expect(request.from);
    this.files = [];
    return { ...request, entries: before.concat(request.entries) };
  }

  private expect(from: number): void {
    if (this.files.length === from) return;
    this.files = [];
    throw new EngineFailure(datasetMissing("the dropped files"));
  }
}
