/** CSS pixels of the page above and below the main plot: the rest of the screen is for it, whatever its size. */
const AROUND = { wide: 432, phone: 540 } as const;
const [LEAST, MOST] = [200, 520];
/** As in the style sheets: the width up to which a screen is a phone's. */
const PHONE = "(max-width: 40rem)";

/** CSS pixels at which the main chart stands on one screen with everything that is watched next to it. */
export function mainPlotHeight(): number {
  const around = window.matchMedia(PHONE).matches ? AROUND.phone : AROUND.wide;
  return Math.min(MOST, Math.max(LEAST, window.innerHeight - around));
}

export function onResize(listener: () => void): () => void {
  window.addEventListener("resize", listener);
  return () => window.removeEventListener("resize", listener);
}
