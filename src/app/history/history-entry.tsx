import { useState } from "react";
import { formatPercent } from "../../charts/format";
import { download } from "../../charts/pictures/export";
import type { SavedTraining } from "../../protocol/saved-training";
import { deviceWords } from "../../series/device-words";
import { isRunning } from "../../store/engine-actions";
import { titleOf } from "../../store/history/saved-runs";
import { texts } from "../../texts/texts";
import { useApp, useHistory } from "../app-context";
import { bestAccuracy, statusText } from "./entry-texts";
import { Remarks } from "./remarks";

const shownTime = (at: number) =>
  new Date(at).toLocaleString(texts().locale, { dateStyle: "medium", timeStyle: "short" });

/** One saved training: its experiment, its outcome, and actions on it. */
export function HistoryEntry({ saved, close }: { saved: SavedTraining; close: () => void }) {
  const [isEdited, setEdited] = useState(false);
  const live = useApp((state) => state.history.live.includes(saved.id));
  const shown = useApp((state) => state.run.reopened?.id === saved.id);
  const title = titleOf(saved);
  const { experiment, device, note, tags } = saved;
  const { dataset } = experiment;
  const images = dataset.source === "files" ? dataset.name : texts().data.drawn[dataset.source].title;
  const best = bestAccuracy(saved);
  const words = texts().history;
  return (
    <li className="history-entry" aria-label={title} data-shown={shown}>
      <h3>{title}</h3>
      <p className="small muted">
        {shownTime(saved.startedAt)} · {statusText(saved, live)}
        {best && ` · ${words.best(formatPercent(best.value), best.arm)}`}
      </p>
      <p className="small muted">
        {experiment.arms.map(({ name }) => name).join(", ")} · {images} ·{" "}
        {words.seeds(experiment.seeds.length)}
        {device && ` · ${deviceWords(device)}`}
      </p>
      {tags.length > 0 && <p className="small">{tags.map((tag) => `#${tag}`).join(" ")}</p>}
      {note && <p className="history-note small">{note}</p>}
      <Actions saved={saved} live={live} title={title} close={close} edit={() => setEdited(!isEdited)} />
      {isEdited && <Remarks saved={saved} done={() => setEdited(false)} />}
    </li>
  );
}

function Actions({
  saved: { id },
  live,
  title,
  close,
  edit,
}: {
  saved: SavedTraining;
  live: boolean;
  title: string;
  close: () => void;
  edit: () => void;
}) {
  const history = useHistory();
  const words = texts().history;
  const busy = useApp(isRunning);
  const isOverlaid = useApp((state) => state.history.overlays.some((one) => one.id === id));
  const [isAsked, setAsked] = useState(false);

  async function open(): Promise<void> {
    await history.reopen(id);
    close();
  }
  async function save(): Promise<void> {
    const file = await history.exportFile([id]);
    if (file) download(file, "retort-training.jsonl.gz");
  }

  if (isAsked) {
    return (
      <div className="row">
        <span>{words.deleteAsk}</span>
        <button type="button" className="button button-small" onClick={() => void history.remove([id])}>
          {words.delete}
        </button>
        <button type="button" className="button button-small" onClick={() => setAsked(false)}>
          {words.keep}
        </button>
      </div>
    );
  }
  return (
    <div className="row history-actions">
      <button
        type="button"
        className="button button-small"
        aria-label={words.openOf(title)}
        disabled={busy}
        title={busy ? words.stopFirst : words.openHint}
        onClick={() => void open()}
      >
        {live ? words.watch : words.open}
      </button>
      <label className="row small">
        <input
          type="checkbox"
          aria-label={words.compareOf(title)}
          checked={isOverlaid}
          onChange={() => (isOverlaid ? void history.removeOverlay(id) : void history.overlay(id))}
        />
        {words.compare}
      </label>
      <button type="button" className="button button-small" aria-label={words.editOf(title)} onClick={edit}>
        {words.edit}
      </button>
      <button
        type="button"
        className="button button-small"
        aria-label={words.exportOf(title)}
        onClick={() => void save()}
      >
        {words.export}
      </button>
      <button
        type="button"
        className="button button-small"
        aria-label={words.deleteOf(title)}
        disabled={live}
        title={live ? words.deleteNot : undefined}
        onClick={() => setAsked(true)}
      >
        {words.delete}
      </button>
    </div>
  );
}
