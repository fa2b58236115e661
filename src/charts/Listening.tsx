import { useEffect, useRef } from "react";
import { texts } from "../texts/texts";
import type { Range } from "./scale";
import type { SeriesCurves } from "./series-curves";
import { schedule, tonesOf } from "./sonify";

const SECONDS = 3;

/** Each curve as a sound, for those who would rather hear than read it; a press on another one ends the first. */
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
  const play = ({ aggregated, runs }: SeriesCurves) => {
    context.current ??= new AudioContext();
    void context.current.resume();
    voice.current?.stop();
    const curve = aggregated.mean.x.length > 0 ? aggregated.mean : runs[0];
    voice.current = curve && schedule(context.current, tonesOf(curve, shownY, SECONDS));
  };
  return (
    <p className="chart-listening">
      {curves.map((curve) => (
        <button key={curve.series.id} type="button" onClick={() => play(curve)}>
          ♪ {texts().charts.listenTo(curve.series.label)}
        </button>
      ))}
    </p>
  );
}
