import { useEffect, useRef, useState } from "react";
import { texts } from "../../texts/texts";
import type { Range } from "../scale";
import type { SeriesCurves } from "../series/series-curves";
import { schedule, tonesOf } from "./sonify";

const SECONDS = 3;

/** Plays each curve as a sound; pressing another curve, or the same one, stops it. */
export function Listening({
  curves,
  shownY,
}: {
  readonly curves: readonly SeriesCurves[];
  readonly shownY: Range;
}) {
  const context = useRef<AudioContext>(undefined);
  const voice = useRef<OscillatorNode>(undefined);
  useEffect(
    () => () => {
      void context.current?.close();
    },
    [],
  );
  const [playing, setPlaying] = useState<string>();
  const play = ({ series, aggregated, runs }: SeriesCurves) => {
    context.current ??= new AudioContext();
    void context.current.resume();
    const before = voice.current;
    voice.current = undefined;
    before?.stop();
    setPlaying(undefined);
    if (series.id === playing) return;
    const curve = aggregated.mean.x.length > 0 ? aggregated.mean : runs[0];
    const begun = curve && schedule(context.current, tonesOf(curve, shownY, SECONDS));
    if (!begun) return;
    voice.current = begun;
    setPlaying(series.id);
    begun.onended = () => voice.current === begun && setPlaying(undefined);
  };
  return (
    <p className="chart-listening">
      {curves.map((curve) => (
        <button
          key={curve.series.id}
          type="button"
          aria-pressed={curve.series.id === playing}
          onClick={() => play(curve)}
        >
          ♪ {texts().charts.listenTo(curve.series.label)}
        </button>
      ))}
    </p>
  );
}
