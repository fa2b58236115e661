import { type RefObject, startTransition, useEffect, useState } from "react";

/** CSS pixels below the screen at which a part is rendered, so that it is ready before it is scrolled to. */
const AHEAD = 400;
/** Milliseconds after which it is rendered in any case, for the browser's search and assistive technology. */
const LONGEST_WAIT_MS = 8_000;

/** Returns whether a place on the page has been near the visible area, or a key has been pressed, which can jump anywhere. */
export function useNear(place: RefObject<Element | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (near || !element) return;
    const come = () => startTransition(() => setNear(true));
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && come(),
      { rootMargin: `${AHEAD}px` },
    );
    observer.observe(element);
    window.addEventListener("keydown", come, { once: true });
    const timer = setTimeout(come, LONGEST_WAIT_MS);
    return () => {
      observer.disconnect();
      window.removeEventListener("keydown", come);
      clearTimeout(timer);
    };
  }, [near, place]);
  return near;
}
