import type { Inspection } from "../../protocol/messages";
import { texts } from "../../texts/texts";
import { classColor } from "./encoders";

const SIZE = 260;
const EDGE = 8;

/** Held-out images where an encoder puts them, seen along the two directions in which they differ most. */
export function EmbeddingMap({
  title,
  inspection,
  classes,
  selected,
  onSelect,
}: {
  title: string;
  inspection: Inspection;
  classes: number;
  selected: number | undefined;
  onSelect: (place: number) => void;
}) {
  const at = (value: number) => SIZE / 2 + value * (SIZE / 2 - EDGE);
  const { map, labels } = inspection;
  return (
    <figure className="embedding-map">
      <figcaption>{title}</figcaption>
      <svg
        viewBox={`0 0 ${SIZE} ${SIZE}`}
        role="img"
        aria-label={texts().inspect.onPlane(title, labels.length)}
      >
        {labels.map((label, place) => (
          <circle
            // biome-ignore lint/suspicious/noArrayIndexKey: an image is its place.
            key={place}
            cx={at(map[2 * place] ?? 0)}
            cy={at(-(map[2 * place + 1] ?? 0))}
            r={place === selected ? 6 : 3}
            fill={classColor(label, classes)}
            data-selected={place === selected}
            onPointerEnter={() => onSelect(place)}
          />
        ))}
      </svg>
    </figure>
  );
}
