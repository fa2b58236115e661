import { useEffect, useState } from "react";
import type { DatasetPart, GallerySample } from "../../protocol/dataset";
import { useEngine } from "../app-context";

const none: readonly GallerySample[] = [];

/** The images with these indices, once the engine has delivered them; none where other images are loaded now. */
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
