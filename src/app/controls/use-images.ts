import { useEffect, useState } from "react";
import type { DatasetPart, GallerySample } from "../../protocol/dataset";
import { useEngine } from "../app-context";

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
