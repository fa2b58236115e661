import "../styles/tour.css";
import { useEffect, useId, useRef, useState } from "react";
import { texts } from "../../texts/texts";

/** The page's parts in reading order, by their classes. */
const allStops = [
  { id: "arms", part: ".arms-panel" },
  { id: "start", part: ".run-bar" },
  { id: "curves", part: ".arrival, .curves-panel" },
  { id: "results", part: ".results-panel" },
  { id: "settings", part: ".settings-column" },
] as const;

const prefersStillness = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** A few sentences, each next to the part it describes. Not modal: the page stays usable. */
export function Tour({ onEnd }: { onEnd: () => void }) {
  const [at, setAt] = useState(0);
  // Parts that have nothing to show yet are not there.
  const [stops] = useState(() => allStops.filter(({ part }) => document.querySelector(part)));
  const card = useRef<HTMLElement>(null);
  const id = useId();
  const words = texts().tour;
  const stop = stops[at] ?? allStops[0];
  const isLast = at === stops.length - 1;

  useEffect(() => card.current?.focus(), []);
  useEffect(() => {
    const part = document.querySelector<HTMLElement>(stop.part);
    if (!part) return;
    part.dataset["toured"] = "true";
    part.scrollIntoView({ block: "start", behavior: prefersStillness() ? "auto" : "smooth" });
    return () => {
      delete part.dataset["toured"];
    };
  }, [stop]);

  return (
    <section
      ref={card}
      className="tour"
      role="dialog"
      aria-labelledby={id}
      tabIndex={-1}
      onKeyDown={(event) => event.key === "Escape" && onEnd()}
    >
      <p className="small muted">{words.place(at + 1, stops.length)}</p>
      <div aria-live="polite">
        <h2 id={id}>{words.stops[stop.id].title}</h2>
        <p>{words.stops[stop.id].says}</p>
      </div>
      <div className="row">
        <button
          type="button"
          className="button button-primary"
          onClick={() => (isLast ? onEnd() : setAt(at + 1))}
        >
          {isLast ? words.done : words.next}
        </button>
        {at > 0 && (
          <button type="button" className="button" onClick={() => setAt(at - 1)}>
            {words.back}
          </button>
        )}
        {!isLast && (
          <button type="button" className="button" onClick={onEnd}>
            {words.end}
          </button>
        )}
      </div>
    </section>
  );
}
