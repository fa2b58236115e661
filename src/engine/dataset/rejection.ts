import type { RejectedFile, RejectionReason } from "../../protocol/dataset";

/** The reason for skipping one file. Thrown while it is read or decoded; other files are not affected. */
export class Rejection extends Error {
  constructor(
    readonly reason: RejectionReason,
    readonly detail: string,
  ) {
    super(detail);
    this.name = "Rejection";
  }

  of(path: string): RejectedFile {
    return { path, reason: this.reason, detail: this.detail };
  }
}
