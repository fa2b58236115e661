import { useState } from "react";
import { downloadCatalogue, hubIdPattern } from "../../protocol/downloads";
import { useActions, useApp } from "../app-context";

const MOST_ROWS = 250_000;
const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

/** Well-known datasets at a click, and any other of the Hugging Face hub by its name. */
export function DownloadCatalogue() {
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
  return (
    <section className="downloads" aria-label="Fetch a dataset">
      <p className="small muted">
        Or fetch one from huggingface.co, which then sees that you do. What was fetched whole stays in this
        browser.
      </p>
      <ul>
        {downloadCatalogue.map(({ id: entry, name, bytes, images, licence, source }) => (
          <li key={entry}>
            <button
              type="button"
              className="button button-small"
              disabled={isLoading}
              onClick={() => void fetchDataset(entry, name, 0)}
            >
              Fetch {name}
            </button>
            <span className="small">
              {(images.train + images.test).toLocaleString("en")} images, {megabytes(bytes)}
              <span className="muted">
                {source}; licence: {licence}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <div className="download-any">
        <label className="small">
          Any other, by its name on the hub
          <input
            className="input"
            aria-label="Name of a dataset on the hub"
            placeholder="owner/name"
            value={id}
            onChange={(event) => setId(event.target.value)}
          />
        </label>
        <label className="small">
          Images, at most
          <input
            className="input"
            type="number"
            min={0}
            aria-label="Images of each part at most; 0 fetches all"
            title="Of each part; 0 fetches all"
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
          Fetch
        </button>
      </div>
    </section>
  );
}
