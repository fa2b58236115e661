import { useRef } from "react";
import { ExportButtons } from "../../charts/ExportButtons";
import { csvText } from "../../charts/export";
import { standaloneSvg } from "../../charts/picture";
import type { Inspection } from "../../protocol/messages";
import { texts } from "../../texts/texts";
import { classColor } from "./encoders";
import { MAP_SIZE, onMap } from "./map-places";
import { MapTable } from "./map-table";
import { Thumbnails } from "./thumbnails";

/** Held-out images where an encoder puts them on a plane. */
export function EmbeddingMap({
  title,
  kind,
  map,
  inspection,
  classNames,
  withImages,
  selected,
  onSelect,
}: {
  title: string;
  /** Of the map, for example "PCA". */
  kind: string;
  /** x and y of each image in turn, within the unit circle. */
  map: readonly number[];
  inspection: Inspection;
  classNames: readonly string[];
  /** Whether some of the images are drawn where they lie. */
  withImages: boolean;
  selected: number | undefined;
  onSelect: (place: number) => void;
}) {
  const picture = useRef<SVGSVGElement>(null);
  const words = texts().inspect;
  const { images, labels, predictions } = inspection;
  const classes = classNames.length;
  const name = words.mapTitle(title, kind);
  const svg = () => {
    if (!picture.current) throw new Error(texts().charts.noPlot);
    const legend = classNames.map((label, at) => ({ label, color: classColor(at, classes) }));
    return standaloneSvg(picture.current, name, legend);
  };
  const csv = () =>
    csvText([
      ["held_out_image", "class", "taken_for", "x", "y"],
      ...images.map((image, place) => [
        image,
        classNames[labels[place] ?? -1] ?? "",
        classNames[predictions[place] ?? -1] ?? "",
        map[2 * place] ?? Number.NaN,
        map[2 * place + 1] ?? Number.NaN,
      ]),
    ]);
  return (
    <figure className="embedding-map">
      <figcaption className="matrix-head">
        <span>{title}</span>
        <ExportButtons title={name} svg={svg} csv={csv} />
      </figcaption>
      <svg
        ref={picture}
        viewBox={`0 0 ${MAP_SIZE} ${MAP_SIZE}`}
        role="img"
        aria-label={words.onPlane(title, labels.length)}
      >
        {labels.map((label, place) => (
          <circle
            // biome-ignore lint/suspicious/noArrayIndexKey: an image is its place.
            key={place}
            cx={onMap(map[2 * place] ?? 0)}
            cy={onMap(-(map[2 * place + 1] ?? 0))}
            r={place === selected ? 6 : 3}
            fill={classColor(label, classes)}
            data-selected={place === selected}
            onPointerEnter={() => onSelect(place)}
          />
        ))}
        {withImages && <Thumbnails {...{ map, images, labels, classes, onSelect }} />}
      </svg>
      <MapTable {...{ name, map, inspection, classNames, selected, onSelect }} />
    </figure>
  );
}
