import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { unsaid } from "../history/history-words";
import { Notice } from "./notice";

/** What is shown was trained before, or elsewhere; or what trains now is not being kept. */
export function HistoryNotice() {
  const reopened = useApp((state) => state.run.reopened);
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
      {unsaved && <Notice {...unsaid(unsaved)} />}
    </>
  );
}

const shownTime = (at: number) =>
  new Date(at).toLocaleString(texts().locale, { dateStyle: "medium", timeStyle: "short" });
