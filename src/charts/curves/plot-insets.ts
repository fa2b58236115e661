/** Insets of the plot within its box, in CSS pixels: fixed, so that nothing moves when labels grow longer. */
export const plotInsets = { left: 56, right: 14, top: 10, bottom: 40 } as const;
