import type { HistoryProblem, HistoryResult } from "../../store/history/history-state";
import { texts } from "../../texts/texts";

interface NoticeContent {
  readonly tone: "info" | "caution" | "danger";
  readonly title: string;
  readonly cause: string;
  readonly action?: string;
}

/** Full storage has its own cause and remedy. */
function problem(title: string, { full, cause }: HistoryProblem) {
  const words = texts().history;
  return full
    ? { title: words.fullTitle(title), cause: words.fullCause, action: words.fullAction }
    : { title, cause: words.cause(cause) };
}

/** The result of an action on the history, as a notice. */
export function resultNotice(result: HistoryResult): NoticeContent {
  const words = texts().history;
  if (result.kind === "failed")
    return { tone: "danger", ...problem(words.failed[result.action], result.problem) };
  const figures = words.importedSentence(result.added, result.skipped);
  if (!result.problem) return { tone: "info", title: words.imported, cause: figures };
  const why = problem(words.importedInPart, result.problem);
  return { tone: "danger", ...why, cause: `${why.cause} ${figures}` };
}

/** The current training is not being saved. */
export function unsavedNotice(why: HistoryProblem): NoticeContent {
  const words = texts().history;
  const notice = problem(words.unsaved, why);
  return { tone: "caution", ...notice, cause: words.unsavedCause(notice.cause) };
}
