import { Purpose, randomFor } from "../../math/random";
import { type DrawnSet, drawnParts } from "./drawn-set";
import { createTextureRenderer } from "./textures-render";
import { drawTextureNoise, drawTextureScene, textureNuisances, textures } from "./textures-scene";

/** Ten classes of patterns (docs/textures.md). */
export const texturesSet: DrawnSet = {
  name: "Textures",
  classNames: textures.map(({ name }) => name),
  createPainter: ({ seed, size, difficulty }, part) => {
    const random = randomFor(seed, Purpose.textures);
    const render = createTextureRenderer(size);
    const limits = textureNuisances[difficulty];
    return (index, into) => {
      const address = { part: drawnParts[part], index };
      const texture = textures[index % textures.length] as (typeof textures)[number];
      const noise = drawTextureNoise(random, address, into.length);
      render(drawTextureScene(random, address, limits), texture, noise, limits.noise, into);
    };
  },
};
