import type { DatasetPart, DatasetSummary, GallerySample, PartOrigin } from "../../protocol/dataset";
import { datasetParts } from "../../protocol/dataset";
import { useApp } from "../app-context";
import { PixelImage } from "../controls/pixel-image";
import { RejectedFiles } from "./rejected-files";

const origins: Readonly<Record<PartOrigin, string>> = {
  folder: "from its folder",
  drawn: "drawn by the seed",
  "built-in": "drawn here",
};
const partNames: Readonly<Record<DatasetPart, string>> = {
  train: "Training",
  validation: "Validation",
  test: "Held out",
};

const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

/** What the engine holds: how many images, of which classes, and how they look. */
export function DatasetOverview() {
  const summary = useApp((state) => state.dataset.loaded?.summary);
  if (!summary) return null;
  return (
    <>
      <h3>
        {summary.name} <span className="muted">in the engine</span>
      </h3>
      <dl className="facts">
        {datasetParts.map((part) => (
          <div key={part} title={origins[summary.origins[part]]}>
            <dt>{partNames[part]}</dt>
            <dd>{total(summary.counts[part]).toLocaleString("en")}</dd>
          </div>
        ))}
        <div>
          <dt>Classes</dt>
          <dd>{summary.classNames.length}</dd>
        </div>
        <div>
          <dt>Size</dt>
          <dd>{summary.size} px</dd>
        </div>
      </dl>
      <RejectedFiles rejected={summary.rejected} ignored={summary.ignored} />
      <Gallery summary={summary} />
    </>
  );
}

function Gallery({ summary }: { summary: DatasetSummary }) {
  const samples = useApp((state) => state.dataset.gallery);
  return (
    <ul className="gallery" aria-label="Classes">
      {summary.classNames.map((name, label) => (
        <GalleryRow
          key={name}
          name={name}
          samples={samples}
          label={label}
          count={total(datasetParts.map((part) => summary.counts[part][label] ?? 0))}
        />
      ))}
    </ul>
  );
}

function GalleryRow({
  name,
  label,
  count,
  samples,
}: {
  name: string;
  label: number;
  count: number;
  samples: readonly GallerySample[];
}) {
  const own = samples.filter((sample) => sample.label === label);
  return (
    <li>
      <span className="gallery-name" title={name}>
        {name}
      </span>
      <span className="gallery-count">{count.toLocaleString("en")}</span>
      <span className="gallery-images">
        {own.map(({ part, index, size, rgba }) => (
          <PixelImage key={`${part} ${index}`} rgba={rgba} size={size} />
        ))}
      </span>
    </li>
  );
}
