import type { FileEntry } from "../protocol/dataset";
import type { Request } from "../protocol/messages";
import { datasetMissing, EngineFailure } from "./failures";

/** Collects a selection of many files, which the page sends in parts so that it stays responsive. */
export class FilesInParts {
  private files: FileEntry[] = [];

  /**
   * Adds a part.
   * @throws EngineFailure if earlier parts are missing because they were sent to an engine that has died
   */
  add(from: number, entries: readonly FileEntry[]): void {
    if (from === 0) this.files = [];
    this.expect(from);
    for (const entry of entries) this.files.push(entry);
  }

  /** Adds the collected parts to a request to load them, and forgets them. @throws as `add` */
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
