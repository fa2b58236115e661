import { useState } from "react";
import { downloadCatalog, hubIdPattern } from "../../protocol/downloads";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";

const MOST_ROWS = 250_000;
const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

/** Well-known datasets at a click, and any other dataset on the Hugging Face hub by name. */
export function DownloadCatalog() {
  const { fetchDataset } = useActions();
  const wanted = useApp(({ experiment: { dataset } }) =>
    dataset.source === "files" ? dataset.hub : undefined,
  );
  const isLoading = useApp((state) => state.dataset.loading !== undefined);
  const [id, setId] = useState(wanted ?? "");
  const [rows, setRows] = useState("2000");
  const limit = Number(rows);
  const isUsable =
    hubIdPattern.test(id.trim()) && Number.isInteger(limit) && limit >= 0 && limit <= MOST_ROWS;
  const words = texts().data.downloads;
  return (
    <section className="downloads" aria-label={words.title}>
      <p className="small muted">{words.lead}</p>
      <ul>
        {downloadCatalog.map(({ id: entry, name, bytes, images, classNames, license, source }) => (
          <li key={entry}>
            <button
              type="button"
              className="button button-small"
              disabled={isLoading}
              onClick={() => void fetchDataset(entry, name, 0)}
            >
              {words.fetchNamed(name)}
            </button>
            <span className="small">
              {words.images(images.train + images.test, megabytes(bytes))}
              <span className="muted">
                {words.license(source, license.startsWith("not stated") ? words.notStated : license)}
              </span>
              <details>
                <summary>{words.classes(classNames.length)}</summary>
                {classNames.join(", ")}
              </details>
            </span>
          </li>
        ))}
      </ul>
      <div className="download-any">
        <label className="small">
          {words.anyOther}
          <input
            className="input"
            aria-label={words.nameLabel}
            placeholder="owner/name"
            value={id}
            onChange={(event) => setId(event.target.value)}
          />
        </label>
        <label className="small">
          {words.most}
          <input
            className="input"
            type="number"
            min={0}
            aria-label={words.mostLabel}
            title={words.mostHint}
            value={rows}
            onChange={(event) => setRows(event.target.value)}
          />
        </label>
        <button
          type="button"
          className="button"
          disabled={!isUsable || isLoading}
          onClick={() => void fetchDataset(id.trim(), id.trim(), limit)}
        >
          {words.fetch}
        </button>
      </div>
    </section>
  );
}
