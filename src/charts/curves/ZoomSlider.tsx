import { Slider } from "radix-ui";
import type { XAxis } from "../../protocol/metrics/metrics";
import { texts } from "../../texts/texts";
import { formatX } from "../format";
import type { Range } from "../scale";
import type { AxisScale } from "../types";
import type { Zoom } from "./drawing";
import { zoomFractions, zoomTo } from "./zoom";

interface ZoomSliderProps {
  readonly extent: Range;
  /** There is no data yet. */
  readonly disabled: boolean;
  readonly zoom: Zoom;
  readonly scale: AxisScale;
  readonly xAxis: XAxis;
  readonly onZoom: (zoom: Zoom) => void;
}

const STEPS = 1000;

/** The visible part of the axis: the keyboard's equivalent of dragging across the plot. */
export function ZoomSlider({ extent, disabled, zoom, scale, xAxis, onZoom }: ZoomSliderProps) {
  const fractions = zoomFractions(zoom, extent, scale);
  const ends = [zoom.from ?? extent[0], zoom.to ?? extent[1]] as const;
  return (
    <Slider.Root
      className="chart-zoom"
      disabled={disabled}
      min={0}
      max={STEPS}
      step={1}
      minStepsBetweenThumbs={5}
      value={fractions.map((fraction) => Math.round(fraction * STEPS))}
      onValueChange={([from = 0, to = STEPS]) => onZoom(zoomTo([from / STEPS, to / STEPS], extent, scale))}
    >
      <Slider.Track className="chart-zoom-track">
        <Slider.Range className="chart-zoom-range" />
      </Slider.Track>
      <Slider.Thumb
        className="chart-zoom-thumb"
        aria-label={texts().charts.shownFrom}
        aria-valuetext={formatX(xAxis, ends[0])}
      />
      <Slider.Thumb
        className="chart-zoom-thumb"
        aria-label={texts().charts.shownTo}
        aria-valuetext={formatX(xAxis, ends[1])}
      />
    </Slider.Root>
  );
}
