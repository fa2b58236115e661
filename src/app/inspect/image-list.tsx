import { useMemo } from "react";
import { texts } from "../../texts/texts";
import { PixelImage } from "../controls/pixel-image";
import { useImages } from "../controls/use-images";

const SHOWN = 18;

/** Held-out images as buttons: pressing one looks closer. */
export function ImageList({
  label,
  images,
  places,
  names,
  selected,
  onSelect,
}: {
  label: string;
  /** Index within the held-out part of each place. */
  images: readonly number[];
  places: readonly number[];
  /** What each image is, for those who do not see it. */
  names: (place: number) => string;
  selected: number | undefined;
  onSelect: (place: number) => void;
}) {
  const shown = useMemo(() => places.slice(0, SHOWN), [places]);
  const indices = useMemo(() => shown.map((place) => images[place] ?? -1), [shown, images]);
  const samples = useImages("test", indices);
  return (
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
      {places.length > SHOWN && (
        <li className="small muted">{texts().inspect.andMore(places.length - SHOWN)}</li>
      )}
    </ul>
  );
}
