import { useMemo, useState } from "react";
import { texts } from "../../texts/texts";
import { PixelImage } from "../controls/pixel-image";
import { useImages } from "../controls/use-images";
import type { InspectedRun } from "./encoders";

const SHOWN = 18;
/** Number of further images shown per click. */
const MORE = 54;

/** Held-out images as buttons; clicking one selects it. */
export function ImageList({
  label,
  part,
  images,
  places,
  names,
  selected,
  onSelect,
}: {
  label: string;
  part: InspectedRun["part"];
  /** Index within the held-out part, by position. */
  images: readonly number[];
  places: readonly number[];
  /** Accessible name of each image. */
  names: (place: number) => string;
  selected: number | undefined;
  onSelect: (place: number) => void;
}) {
  const [most, setMost] = useState(SHOWN);
  const shown = useMemo(() => places.slice(0, most), [places, most]);
  const indices = useMemo(() => shown.map((place) => images[place] ?? -1), [shown, images]);
  const samples = useImages(part, indices);
  return (
    <>
      <ul className="image-list" aria-label={label}>
        {shown.map((place, at) => {
          const sample = samples.find(({ index }) => index === indices[at]);
          return (
            <li key={place}>
              <button
                type="button"
                aria-pressed={place === selected}
                aria-label={names(place)}
                title={names(place)}
                onClick={() => onSelect(place)}
              >
                {sample ? (
                  <PixelImage rgba={sample.rgba} size={sample.size} />
                ) : (
                  <span className="pixel-image" aria-hidden="true" />
                )}
              </button>
            </li>
          );
        })}
      </ul>
      {places.length > most && (
        <button type="button" className="button button-small" onClick={() => setMost(most + MORE)}>
          {texts().inspect.showMore(Math.min(MORE, places.length - most), places.length - most)}
        </button>
      )}
    </>
  );
}
