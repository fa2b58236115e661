import type { ViewRecipe } from "../../../../protocol/experiment";

/** The area of a small patch as a fraction of the image's (docs/methods.md §4). */
const patchScale = { min: 0.05, max: 0.4 } as const;

/** The recipe of the small patches of SEED and DINO, with the color operations of the whole crop. */
export const patchRecipe = (recipe: ViewRecipe): ViewRecipe => ({ ...recipe, scale: patchScale });
