import { useEffect, useRef, useState } from "react";

/** Milliseconds between two sentences of one part: whoever listens must get a word in between. */
export const SPOKEN_EVERY_MS = 5_000;

/**
 * Says politely what it is given, for those who listen: the first change at once, then never more often than every
 * few seconds, and always the newest. What was outdated before its turn came is not said.
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
