import "../styles/history.css";
import { Dialog } from "radix-ui";
import { useMemo, useRef, useState } from "react";
import { download } from "../../charts/pictures/export";
import { searchTrainings } from "../../store/history/history-state";
import { texts } from "../../texts/texts";
import { useApp, useHistory } from "../app-context";
import { Notice } from "../notices/notice";
import { HistoryEntry } from "./history-entry";
import { resultNotice } from "./history-notices";
import { StorageMeter } from "./storage-meter";

/** Saved trainings: search, open, rename, compare, export and delete. */
export function HistoryDialog({ close }: { close: () => void }) {
  const trainings = useApp((state) => state.history.trainings);
  const words = texts().history;
  const [query, setQuery] = useState("");
  const found = useMemo(() => searchTrainings(trainings ?? [], query), [trainings, query]);
  const tags = useMemo(
    () => [...new Set((trainings ?? []).flatMap((saved) => saved.tags))].sort(),
    [trainings],
  );
  return (
    <>
      <header className="history-head">
        <Dialog.Title>{words.title}</Dialog.Title>
        <Dialog.Close className="icon-button" aria-label={words.close}>
          <span aria-hidden="true">×</span>
        </Dialog.Close>
      </header>
      <Word />
      <div className="row history-tools">
        <input
          className="input history-search"
          type="search"
          aria-label={words.search}
          placeholder={words.searchHint}
          maxLength={200}
          value={query}
          onChange={({ target }) => setQuery(target.value)}
        />
        <FileButtons shown={found.map(({ id }) => id)} total={trainings?.length ?? 0} />
      </div>
      {tags.length > 0 && (
        <ul className="row history-tags" aria-label={words.tags}>
          {tags.map((tag) => (
            <li key={tag}>
              <button type="button" className="button button-small" onClick={() => setQuery(`#${tag}`)}>
                #{tag}
              </button>
            </li>
          ))}
        </ul>
      )}
      {trainings === undefined && <p className="muted">{words.reading}</p>}
      {trainings?.length === 0 && <p className="muted">{words.none}</p>}
      {trainings !== undefined && trainings.length > 0 && (
        <p className="small muted" role="status">
          {found.length === trainings.length
            ? words.all(found.length)
            : words.found(found.length, trainings.length)}
        </p>
      )}
      <ul className="history-list" aria-label={words.list}>
        {found.map((saved) => (
          <HistoryEntry key={saved.id} saved={saved} close={close} />
        ))}
      </ul>
      <StorageMeter />
    </>
  );
}

/** The result of the last action, or why it failed. */
function Word() {
  const result = useApp((state) => state.history.result);
  const { dismissResult } = useHistory();
  return result ? <Notice {...resultNotice(result)} onDismiss={() => void dismissResult()} /> : null;
}

function FileButtons({ shown, total }: { shown: readonly string[]; total: number }) {
  const { exportFile, importFile } = useHistory();
  const busy = useApp((state) => state.history.busy);
  const picker = useRef<HTMLInputElement>(null);
  const isPart = shown.length < total;
  const words = texts().history;
  async function save(): Promise<void> {
    const file = await exportFile(isPart ? shown : undefined);
    if (file) download(file, "retort-history.jsonl.gz");
  }
  return (
    <>
      <button
        type="button"
        className="button"
        disabled={busy !== undefined || shown.length === 0}
        onClick={() => void save()}
      >
        {busy === "export" ? words.exporting : isPart ? words.exportFound(shown.length) : words.exportAll}
      </button>
      <button
        type="button"
        className="button"
        disabled={busy !== undefined}
        onClick={() => picker.current?.click()}
      >
        {busy === "import" ? words.importing : words.import}
      </button>
      <input
        ref={picker}
        type="file"
        hidden
        accept=".gz,application/gzip"
        aria-label={words.file}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) void importFile(file);
          event.currentTarget.value = "";
        }}
      />
    </>
  );
}
