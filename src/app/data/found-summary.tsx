import type { DatasetNotice } from "../../protocol/dataset";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";
import { countSentences, type Losses, lossSentences, unsaid } from "./found-sentences";

/** At the place where files were dropped: what was found in them, what was left out and why, and what else they could mean. */
export function FoundSummary() {
  const summary = useApp(({ dataset: { loaded, loading, failure } }) =>
    loaded?.settings.source === "files" && !loading && !failure ? loaded.summary : undefined,
  );
  if (!summary) return null;
  const [classes, parts] = countSentences(summary);
  return (
    <section className="found-summary small" aria-label={texts().reading.title}>
      <p>
        <strong>{classes}</strong>
      </p>
      <p>{parts}</p>
      <ReadingNotices notices={summary.notices} />
      <LeftOut losses={unsaid(summary, summary.notices)} />
    </section>
  );
}

/** Each with its button, where the files could be read in another way. */
export function ReadingNotices({ notices }: { notices: readonly DatasetNotice[] }) {
  const { readFilesAs } = useActions();
  if (notices.length === 0) return null;
  const words = texts().reading;
  return (
    <ul className="bullets">
      {notices.map((notice) => (
        <li key={`${notice.kind} ${notice.names.join()}`} data-notice={notice.kind}>
          {words.notice(notice)}{" "}
          {(notice.offer || notice.undo) && (
            <button
              type="button"
              className="button button-small"
              onClick={() => void readFilesAs({ add: notice.offer, drop: notice.undo })}
            >
              {notice.offer ? words.offer(notice.offer) : notice.undo && words.undo(notice.undo)}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Files by the reason why they are not images, most frequent first. */
export function LeftOut({ losses }: { losses: Losses }) {
  const { rejected } = losses;
  const sentences = lossSentences(losses);
  if (sentences.length === 0) return null;
  return (
    <>
      {rejected.length > 0 && <p>{texts().reading.leftOut(rejected.length)}</p>}
      <ul className="bullets">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </>
  );
}
