/** Where the plot lies within its box, in CSS pixels: fixed, so that nothing moves when numbers grow longer. */
export const plotInsets = { left: 56, right: 14, top: 10, bottom: 40 } as const;
