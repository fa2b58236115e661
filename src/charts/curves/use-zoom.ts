import { type CSSProperties, type PointerEvent, useState } from "react";
import type { XAxis } from "../../protocol/metrics/metrics";
import type { Range } from "../scale";
import type { AxisScale } from "../types";
import type { Zoom } from "./drawing";
import { keepZoom, useKeptZoom } from "./kept-zoom";
import { plotInsets } from "./plot-insets";
import { zoomFractions, zoomTo } from "./zoom";

/** Shorter drags, in CSS pixels, are clicks. */
const SMALLEST_DRAG = 8;
const everything: Zoom = {};

interface Drag {
  readonly from: number;
  readonly to: number;
  /** Size of the plot without its axes. */
  readonly width: number;
}

/**
 * The visible part of the x-axis. Dragging with the mouse selects a range, a double click shows everything. The zoom is
 * reset when the axis changes, or when the data lies elsewhere, as after a restart.
 * @param place charts with the same place share their zoom, which is kept while they are hidden
 * @param extent the range that is drawn without a zoom; undefined while there is nothing to draw
 */
export function useZoom(place: string, xAxis: XAxis, scale: AxisScale, extent: Range | undefined) {
  const chosen = useKeptZoom(place);
  const [drag, setDrag] = useState<Drag>();
  const zoom = chosen?.axis === xAxis && overlaps(chosen.zoom, extent) ? chosen.zoom : everything;
  const onZoom = (next: Zoom) => keepZoom(place, { axis: xAxis, zoom: next });

  const dragging = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const at = placeOf(event);
      // Touch scrolls the page; touch users have the slider.
      if (!extent || event.button !== 0 || event.pointerType === "touch" || at.x < 0 || at.x > at.width)
        return;
      setDrag({ from: at.x, to: at.x, width: at.width });
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (!drag) return;
      const to = Math.min(drag.width, Math.max(0, placeOf(event).x));
      if (Math.abs(to - drag.from) >= SMALLEST_DRAG) event.currentTarget.setPointerCapture(event.pointerId);
      setDrag({ ...drag, to });
    },
    onPointerUp: () => {
      if (drag && extent && Math.abs(drag.to - drag.from) >= SMALLEST_DRAG) {
        onZoom(zoomTo(withinView(drag, zoomFractions(zoom, extent, scale)), extent, scale));
      }
      setDrag(undefined);
    },
    onPointerCancel: () => setDrag(undefined),
    onDoubleClick: () => onZoom(everything),
  };
  return { zoom, onZoom, dragging, selection: drag && selectionOf(drag) };
}

function placeOf(event: PointerEvent<HTMLElement>): { readonly x: number; readonly width: number } {
  const box = event.currentTarget.getBoundingClientRect();
  const width = box.width - plotInsets.left - plotInsets.right;
  return { x: event.clientX - box.left - plotInsets.left, width };
}

/** The selected range as fractions of all data. */
function withinView({ from, to, width }: Drag, [low, high]: Range): Range {
  const at = (x: number) => low + (x / width) * (high - low);
  return [at(Math.min(from, to)), at(Math.max(from, to))];
}

function selectionOf({ from, to }: Drag): CSSProperties | undefined {
  if (Math.abs(to - from) < SMALLEST_DRAG) return undefined;
  const { left, top, bottom } = plotInsets;
  return { left: left + Math.min(from, to), width: Math.abs(to - from), top, bottom };
}

function overlaps({ from, to }: Zoom, extent: Range | undefined): boolean {
  if (!extent) return false;
  return (from ?? extent[0]) < extent[1] && (to ?? extent[1]) > extent[0];
}
