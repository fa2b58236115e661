import type { DownloadProblem } from "../../../protocol/downloads";

/** A failed download. The part that has arrived is kept, and the next attempt resumes there. */
export class DownloadError extends Error {
  constructor(
    readonly problem: DownloadProblem,
    readonly detail: string,
  ) {
    super(detail);
    this.name = "DownloadError";
  }
}

/** Advice for the visitor. */
export const downloadActions: Readonly<Record<DownloadProblem, string>> = {
  unreachable: "Check the network and try again: what has arrived is kept.",
  "not-found": "Check the name: it reads owner/name, as in the dataset's address on huggingface.co.",
  gated: "Choose another dataset, or download this one after logging in there, and drop its files here.",
  "rate-limited": "Wait a few minutes and try again: what has arrived is kept.",
  "server-error": "Try again later: what has arrived is kept.",
  truncated: "Try again: what has arrived is kept.",
  changed: "Try again: it starts over.",
  "no-tables": "Download its files there, and drop them here.",
  "storage-full": "Free disk space or this page's storage, or set a limit of rows.",
};
