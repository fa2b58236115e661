import type { HistoryProblem, HistoryWord } from "../../store/history-state";
import { texts } from "../../texts/texts";

interface Said {
  readonly tone: "info" | "caution" | "danger";
  readonly title: string;
  readonly cause: string;
  readonly action?: string;
}

/** A full storage has a cause and a way on of its own. */
function problem(title: string, { full, cause }: HistoryProblem) {
  const words = texts().history;
  return full
    ? { title: words.fullTitle(title), cause: words.fullCause, action: words.fullAction }
    : { title, cause: words.cause(cause) };
}

/** What was done with the history, as a notice. */
export function said(word: HistoryWord): Said {
  const words = texts().history;
  if (word.kind === "failed") return { tone: "danger", ...problem(words.failed[word.deed], word.problem) };
  const figures = words.importedSentence(word.added, word.skipped);
  if (!word.problem) return { tone: "info", title: words.imported, cause: figures };
  const why = problem(words.importedInPart, word.problem);
  return { tone: "danger", ...why, cause: `${why.cause} ${figures}` };
}

/** What trains now is not being added. */
export function unsaid(why: HistoryProblem): Said {
  const words = texts().history;
  const notice = problem(words.unsaved, why);
  return { tone: "caution", ...notice, cause: words.unsavedCause(notice.cause) };
}
