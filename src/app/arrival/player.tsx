import { useEffect, useState } from "react";
import { texts } from "../../texts/texts";
import { PlainSlider } from "../controls/plain-slider";

const DURATION_MS = 5_000;
/** For visitors who prefer less motion, the curves grow in this many steps. */
const STILL_STEPS = 8;

interface PlayerProps {
  readonly steps: number;
  /** The step shown; undefined shows everything. */
  readonly until: number | undefined;
  readonly onMove: (until: number | undefined) => void;
  readonly disabled: boolean;
}

/** Plays how curves grew, or shows them up to a chosen step. */
export function Player({ steps, until, onMove, disabled }: PlayerProps) {
  const [playing, setPlaying] = useState(false);
  const words = texts().arrival;
  useEffect(() => {
    if (!playing) return;
    const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    return advance(isStill, (share) => {
      if (share >= 1) {
        setPlaying(false);
        onMove(undefined);
      } else onMove(Math.round(share * steps));
    });
  }, [playing, steps, onMove]);
  const at = until ?? steps;
  return (
    <div className="player">
      <button
        type="button"
        className="button button-small player-button"
        disabled={disabled}
        onClick={() => setPlaying(!playing)}
      >
        {playing ? words.pause : words.play}
      </button>
      <PlainSlider
        label={words.step}
        value={at}
        shown={words.stepOf(at, steps)}
        min={0}
        max={steps}
        step={1}
        onChange={(value) => {
          setPlaying(false);
          onMove(value >= steps ? undefined : value);
        }}
      />
    </div>
  );
}

/** Calls with the share of the time that has passed, up to 1, until the returned function is called. */
function advance(isStill: boolean, show: (share: number) => void): () => void {
  const begin = performance.now();
  const share = () => Math.min(1, (performance.now() - begin) / DURATION_MS);
  if (isStill) {
    show(0);
    const timer = setInterval(
      () => show(Math.round(share() * STILL_STEPS) / STILL_STEPS),
      DURATION_MS / STILL_STEPS,
    );
    return () => clearInterval(timer);
  }
  let frame = requestAnimationFrame(function next() {
    show(share());
    frame = requestAnimationFrame(next);
  });
  return () => cancelAnimationFrame(frame);
}
