import { type RefObject, startTransition, useEffect, useState } from "react";

/** CSS pixels beyond the screen at which a part is made: before it is scrolled to, it should be there. */
const AHEAD = 400;
/** Milliseconds after which it is made wherever it is: find and assistive technology look for it, too. */
const LONGEST_WAIT_MS = 8_000;

/** Whether a place on the page has been near what is seen of it; also once a key was pressed, which can lead anywhere. */
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
