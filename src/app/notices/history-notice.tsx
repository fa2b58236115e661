import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { unsavedNotice } from "../history/history-notices";
import { Notice } from "./notice";

/** The results shown come from the history or another tab, or the current training is not being saved. */
export function HistoryNotice() {
  // A recorded comparison has a panel of its own.
  const reopened = useApp(({ run }) => (run.reopened?.record === undefined ? run.reopened : undefined));
  const unsaved = useApp((state) => state.history.unsaved);
  const words = texts().history;
  return (
    <>
      {reopened && (
        <Notice
          tone="info"
          title={(reopened.live ? words.watching : words.reopened)(reopened.title)}
          cause={reopened.live ? words.watchingCause : words.reopenedCause(shownTime(reopened.startedAt))}
        />
      )}
      {unsaved && <Notice {...unsavedNotice(unsaved)} />}
    </>
  );
}

const shownTime = (at: number) =>
  new Date(at).toLocaleString(texts().locale, { dateStyle: "medium", timeStyle: "short" });
