import type { HubModelProblem } from "../../../protocol/hub-models";
import { DownloadError } from "../../dataset/downloads/problem";

/** A model of the hub that was not listed or fetched. The message is one sentence; nothing of it is kept. */
export class HubModelError extends Error {
  constructor(
    readonly problem: HubModelProblem,
    /** The repository or the file. */
    readonly about: string,
    sentence: string,
  ) {
    super(sentence);
    this.name = "HubModelError";
  }
}

/** Runs requests for a repository or a file of one. @throws HubModelError; the signal's reason */
export async function asked<Result>(about: string, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    throw error instanceof DownloadError ? explained(error, about) : error;
  }
}

function explained({ problem, detail }: DownloadError, about: string): HubModelError {
  switch (problem) {
    case "not-found":
      return new HubModelError(problem, about, `The hub has no ${about}.`);
    case "gated":
      return new HubModelError(
        problem,
        about,
        `${about} does not exist, or the hub gives it only to accounts that were granted access.`,
      );
    case "unreachable":
    case "rate-limited":
    case "server-error":
    case "truncated":
      return new HubModelError(problem, about, detail);
    default:
      return new HubModelError("changed", about, detail);
  }
}
