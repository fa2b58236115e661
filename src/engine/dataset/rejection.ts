import type { RejectedFile, RejectionReason } from "../../protocol/dataset";

/** Why one file is left out. Thrown while it is read or decoded; the others go on. */
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
