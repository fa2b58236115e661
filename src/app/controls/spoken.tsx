import { useEffect, useRef, useState } from "react";

/** Milliseconds between two announcements of one part, so that a screen reader is not flooded. */
export const SPOKEN_EVERY_MS = 5_000;

/**
 * Announces its text politely to screen readers: the first change at once, then at most every few seconds, always the
 * latest. Texts replaced before their turn are skipped.
 */
export function Spoken({ text }: { text: string }) {
  return (
    <p className="visually-hidden" role="status">
      {useSeldom(text, SPOKEN_EVERY_MS)}
    </p>
  );
}

function useSeldom(value: string, everyMs: number): string {
  const [shown, setShown] = useState(value);
  const changedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (value === shown) return;
    const show = () => {
      changedAt.current = performance.now();
      setShown(value);
    };
    const wait = changedAt.current + everyMs - performance.now();
    if (wait <= 0) {
      show();
      return;
    }
    const timer = setTimeout(show, wait);
    return () => clearTimeout(timer);
  }, [value, shown, everyMs]);
  return shown;
}
