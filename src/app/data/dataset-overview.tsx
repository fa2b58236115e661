import { Suspense, useState } from "react";
import type { DatasetSummary, GallerySample } from "../../protocol/dataset";
import { datasetParts } from "../../protocol/dataset";
import { integer } from "../../texts/numbers";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { PixelImage } from "../controls/pixel-image";
import { lazy } from "../lazy";
import { RejectedFiles } from "./rejected-files";

const ClassTable = lazy(() =>
  import("./class-table").then(({ ClassTable: Loaded }) => ({ default: Loaded })),
);

const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);

/** The loaded dataset: number of images, classes, samples. */
export function DatasetOverview() {
  const summary = useApp((state) => state.dataset.loaded?.summary);
  const [isOpen, setOpen] = useState(false);
  if (!summary) return null;
  const words = texts().data;
  return (
    <>
      <h3>
        {summary.name} <span className="muted">{words.inEngine}</span>
      </h3>
      <dl className="facts">
        {datasetParts.map((part) => (
          <div key={part} title={words.origins[summary.origins[part]]}>
            <dt>{words.parts[part]}</dt>
            <dd>{integer(total(summary.counts[part]))}</dd>
          </div>
        ))}
        <div>
          <dt>{words.classes}</dt>
          <dd>{summary.classNames.length}</dd>
        </div>
        <div>
          <dt>{words.size}</dt>
          <dd>{words.pixels(summary.size)}</dd>
        </div>
      </dl>
      <RejectedFiles rejected={summary.rejected} ignored={summary.ignored} />
      <Gallery summary={summary} />
      <details className="disclosure" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{words.perClass}</summary>
        {isOpen && (
          <Suspense>
            <ClassTable summary={summary} />
          </Suspense>
        )}
      </details>
    </>
  );
}

function Gallery({ summary }: { summary: DatasetSummary }) {
  const samples = useApp((state) => state.dataset.gallery);
  return (
    <ul className="gallery" aria-label={texts().data.classes}>
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
      <span className="gallery-count">{integer(count)}</span>
      <span className="gallery-images">
        {own.map(({ part, index, size, rgba }) => (
          <PixelImage key={`${part} ${index}`} rgba={rgba} size={size} />
        ))}
      </span>
    </li>
  );
}
