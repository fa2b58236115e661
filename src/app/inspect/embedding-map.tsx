import { useRef } from "react";
import { ExportButtons } from "../../charts/pictures/ExportButtons";
import { csvText } from "../../charts/pictures/export";
import { standaloneSvg } from "../../charts/pictures/picture";
import type { Inspection } from "../../protocol/messages";
import { texts } from "../../texts/texts";
import { classColor, type InspectedRun } from "./encoders";
import { MAP_SIZE, nearestOn, onMap } from "./map-places";
import { MapTable } from "./map-table";
import { Thumbnails } from "./thumbnails";

/** In the map's units: a dot is hard to hit exactly, especially with a finger. */
const REACH = 12;

/** Held-out images at their positions in an encoder's feature space, projected to two dimensions. */
export function EmbeddingMap({
  title,
  kind,
  map,
  part,
  inspection,
  classNames,
  withImages,
  selected,
  onPoint,
  onSelect,
}: {
  part: InspectedRun["part"];
  title: string;
  /** Kind of map, for example "PCA". */
  kind: string;
  /** x and y of each image in turn, within the unit circle. */
  map: readonly number[];
  inspection: Inspection;
  classNames: readonly string[];
  /** Whether some of the images are drawn at their positions. */
  withImages: boolean;
  selected: number | undefined;
  /** The pointer is over an image. */
  onPoint: (place: number) => void;
  /** An image was clicked, or chosen in the table. */
  onSelect: (place: number) => void;
}) {
  const picture = useRef<SVGSVGElement>(null);
  const words = texts().inspect;
  const { images, labels, predictions } = inspection;
  const classes = classNames.length;
  const name = words.mapTitle(title, kind);
  const under = ({ clientX, clientY }: { clientX: number; clientY: number }) => {
    const box = picture.current?.getBoundingClientRect();
    if (!box) return undefined;
    const [x, y] = [(clientX - box.x) / box.width, (clientY - box.y) / box.height];
    return nearestOn(map, { x: x * MAP_SIZE, y: y * MAP_SIZE }, REACH);
  };
  const withPlace = (act: (place: number) => void) => (event: { clientX: number; clientY: number }) => {
    const place = under(event);
    if (place !== undefined) act(place);
  };
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
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the table below offers the same by keyboard. */}
      <svg
        ref={picture}
        viewBox={`0 0 ${MAP_SIZE} ${MAP_SIZE}`}
        role="img"
        aria-label={words.onPlane(title, labels.length)}
        onPointerMove={withPlace((place) => place !== selected && onPoint(place))}
        onClick={withPlace(onSelect)}
      >
        {labels.map((label, place) => (
          <circle
            // biome-ignore lint/suspicious/noArrayIndexKey: an image is identified by its index.
            key={place}
            cx={onMap(map[2 * place] ?? 0)}
            cy={onMap(-(map[2 * place + 1] ?? 0))}
            r={3}
            fill={classColor(label, classes)}
          />
        ))}
        {withImages && <Thumbnails {...{ map, part, images, labels, classes }} />}
        {/* On top, so that pictures do not hide it. */}
        {selected !== undefined && (
          <circle
            className="map-selected"
            cx={onMap(map[2 * selected] ?? 0)}
            cy={onMap(-(map[2 * selected + 1] ?? 0))}
            r={withImages ? 14 : 7}
            fill="none"
            stroke="var(--text)"
            strokeWidth={2.5}
          />
        )}
      </svg>
      <MapTable {...{ name, map, inspection, classNames, selected, onSelect }} />
    </figure>
  );
}
