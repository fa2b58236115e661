import "../styles/tour.css";
import { useEffect, useId, useRef, useState } from "react";
import { texts } from "../../texts/texts";
import { useActions } from "../app-context";

/** The page's parts in reading order, by their classes. */
const allStops = [
  { id: "arms", part: ".arms-panel", shown: "compare" },
  { id: "start", part: ".run-bar", shown: "compare" },
  { id: "curves", part: ".arrival, .curves-panel", shown: "curves" },
  { id: "results", part: ".results-panel", shown: "results" },
  { id: "settings", part: ".settings-column", shown: "settings" },
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

  const { showPart } = useActions();

  useEffect(() => card.current?.focus(), []);
  useEffect(() => {
    showPart(stop.shown);
    const part = document.querySelector<HTMLElement>(stop.part);
    if (!part) return;
    part.dataset["toured"] = "true";
    // Once it is shown: a phone has just turned to it.
    const frame = requestAnimationFrame(() =>
      part.scrollIntoView({ block: "start", behavior: prefersStillness() ? "auto" : "smooth" }),
    );
    return () => {
      cancelAnimationFrame(frame);
      delete part.dataset["toured"];
    };
  }, [stop, showPart]);

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
