import { useEffect, useMemo, useState } from "react";
import type { DatasetPart, GallerySample } from "../../protocol/dataset";
import { texts } from "../../texts/texts";
import { useEngine } from "../app-context";
import { PixelImage } from "../controls/pixel-image";

const none: readonly GallerySample[] = [];

/** The images of these indices, as soon as the engine has handed them over; none where it holds other images now. */
export function useImages(part: DatasetPart, indices: readonly number[]): readonly GallerySample[] {
  const { showImages } = useEngine();
  const [samples, setSamples] = useState(none);
  const key = indices.join();
  useEffect(() => {
    let isWanted = true;
    const wanted = key === "" ? [] : key.split(",").map(Number);
    void showImages(part, wanted).then((found) => {
      if (isWanted) setSamples(found);
    });
    return () => {
      isWanted = false;
    };
  }, [showImages, part, key]);
  return samples;
}

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
