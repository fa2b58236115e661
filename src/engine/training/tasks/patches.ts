import type { ViewRecipe } from "../../../protocol/experiment";

/** Area of a small patch as a share of the image's (docs/methods.md §4). */
const patchScale = { min: 0.05, max: 0.4 } as const;

/** The recipe of the small patches of SEED and DINO: colors as the whole crop's. */
export const patchRecipe = (recipe: ViewRecipe): ViewRecipe => ({ ...recipe, scale: patchScale });
