import { useMemo } from "react";
import type { GallerySample } from "../../protocol/dataset";
import { useImages } from "../controls/use-images";
import { classColor, type InspectedRun } from "./encoders";
import { onMap, spreadOut } from "./map-places";

/** In the map's units: large enough to be recognized, and never overlapping. */
const SIDE = 18;
const MOST = 70;

/** Some of the images at their positions, framed in their class colors. */
export function Thumbnails({
  map,
  part,
  images,
  labels,
  classes,
}: {
  part: InspectedRun["part"];
  map: readonly number[];
  images: readonly number[];
  labels: readonly number[];
  classes: number;
}) {
  const places = useMemo(() => spreadOut(map, SIDE + 2, MOST), [map]);
  const indices = useMemo(() => places.map((place) => images[place] ?? -1), [places, images]);
  const samples = useImages(part, indices);
  const pictures = useMemo(
    () => new Map(samples.map((sample) => [sample.index, pictureOf(sample)])),
    [samples],
  );
  return places.map((place, at) => {
    const picture = pictures.get(indices[at] ?? -1);
    if (picture === undefined) return null;
    const corner = {
      x: onMap(map[2 * place] ?? 0) - SIDE / 2,
      y: onMap(-(map[2 * place + 1] ?? 0)) - SIDE / 2,
    };
    return (
      <g key={place}>
        <image className="thumbnail" href={picture} {...corner} width={SIDE} height={SIDE} />
        <rect
          {...corner}
          width={SIDE}
          height={SIDE}
          fill="none"
          stroke={classColor(labels[place] ?? 0, classes)}
          strokeWidth={1.5}
        />
      </g>
    );
  });
}

function pictureOf({ rgba, size }: GallerySample): string {
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  canvas.getContext("2d")?.putImageData(new ImageData(rgba, size, size), 0, 0);
  return canvas.toDataURL();
}
