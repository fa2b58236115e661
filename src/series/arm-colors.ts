/** Dash patterns in the order of the palette, so that color is never the only difference. */
const dashes = [undefined, "7 3", "2 3", "9 3 2 3", "12 4", "4 2", "1 4", "6 2 1 2 1 2"] as const;

/** The color of an arm by its place in the palette, from 0. */
export const armColor = (slot: number): string => `var(--arm-${slot + 1})`;
export const armDash = (slot: number): string | undefined => dashes[slot];
/** An arm's appearance on charts and in tables. */
export const armId = (slot: number): string => `arm-${slot}`;
