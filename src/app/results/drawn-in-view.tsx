import { type ReactNode, useCallback, useEffect, useRef } from "react";
import { InView } from "../run-in-turns";

/** CSS pixels around the visible area, so that a part is up to date when it is scrolled to. */
const AHEAD = 200;

/** A block of the page whose measurements are seldom drawn while it is out of view. */
export function DrawnInView({
  className,
  children,
}: {
  className?: string | undefined;
  children: ReactNode;
}) {
  const place = useRef<HTMLDivElement>(null);
  const isIn = useRef(true);
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        isIn.current = entries.at(-1)?.isIntersecting ?? true;
      },
      { rootMargin: `${AHEAD}px` },
    );
    if (place.current) observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  const isInView = useCallback(() => isIn.current, []);
  return (
    <InView.Provider value={isInView}>
      <div ref={place} className={className}>
        {children}
      </div>
    </InView.Provider>
  );
}
