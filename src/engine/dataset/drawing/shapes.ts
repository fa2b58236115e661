import { Purpose, randomFor } from "../../math/random";
import { type DrawnSet, drawnParts } from "./drawn-set";
import { createRenderer } from "./shapes-render";
import { drawPixelNoise, drawScene, nuisances } from "./shapes-scene";
import { shapes } from "./signed-distance";

/** Ten classes of shapes (docs/shapes.md). */
export const shapesSet: DrawnSet = {
  name: "Shapes",
  classNames: shapes.map(({ name }) => name),
  createPainter: ({ seed, size, difficulty }, part) => {
    const random = randomFor(seed, Purpose.shapes);
    const render = createRenderer(size);
    const limits = nuisances[difficulty];
    return (index, into) => {
      const address = { part: drawnParts[part], index };
      const shape = shapes[index % shapes.length] as (typeof shapes)[number];
      const noise = drawPixelNoise(random, address, into.length);
      render(drawScene(random, address, limits), shape.distance, noise, into);
    };
  },
};
