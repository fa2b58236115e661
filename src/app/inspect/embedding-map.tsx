import { texts } from "../../texts/texts";
import { classColor } from "./encoders";
import { MAP_SIZE, onMap } from "./map-places";
import { Thumbnails } from "./thumbnails";

/** Held-out images where an encoder puts them on a plane. */
export function EmbeddingMap({
  title,
  map,
  images,
  labels,
  classes,
  withImages,
  selected,
  onSelect,
}: {
  title: string;
  /** x and y of each image in turn, within the unit circle. */
  map: readonly number[];
  /** Index within the held-out part of each. */
  images: readonly number[];
  labels: readonly number[];
  classes: number;
  /** Whether some of the images are drawn where they lie. */
  withImages: boolean;
  selected: number | undefined;
  onSelect: (place: number) => void;
}) {
  return (
    <figure className="embedding-map">
      <figcaption>{title}</figcaption>
      <svg
        viewBox={`0 0 ${MAP_SIZE} ${MAP_SIZE}`}
        role="img"
        aria-label={texts().inspect.onPlane(title, labels.length)}
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
    </figure>
  );
}
