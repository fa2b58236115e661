import { useEffect } from "react";
import type { ChartGroup } from "../../series/chart-list";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";

/** Milliseconds within which a chart that has just been chosen is drawn; its library may have to be loaded first. */
const LONGEST_WAIT_MS = 5_000;

/**
 * Shows the tab of the chart that is sought, scrolls to the chart and moves the focus there, so that Tab continues in it.
 * Without such a chart, it is the first one of the overview: what was measured differs by method and by stage.
 */
export function useSoughtChart(groups: readonly ChartGroup[], open: (group: string) => void): void {
  const sought = useApp((state) => state.view.soughtChart);
  const { chartFound } = useActions();
  useEffect(() => {
    if (sought === undefined) return;
    const group = groups.find(({ charts }) => charts.some(({ metric }) => metric === sought)) ?? groups[0];
    const metric = group?.charts.find((chart) => chart.metric === sought)?.metric ?? group?.charts[0]?.metric;
    if (group && metric) {
      open(group.id);
      const { label } = texts().metrics[metric];
      void chartCalled(label).then((chart) => {
        if (!chart) return;
        chart.tabIndex = -1;
        chart.focus({ preventScroll: true });
        chart.scrollIntoView({ block: "center", behavior: "instant" });
      });
    }
    chartFound();
  }, [sought, groups, open, chartFound]);
}

/** The chart's figure, once it is drawn. */
function chartCalled(label: string): Promise<HTMLElement | undefined> {
  const find = () =>
    [...document.querySelectorAll<HTMLElement>(".curves-panel figure.chart")].find(
      (chart) => chart.querySelector(".chart-title")?.textContent === label,
    );
  return new Promise((resolve) => {
    const look = () => {
      const chart = find();
      if (!chart) return;
      observer.disconnect();
      clearTimeout(timer);
      resolve(chart);
    };
    const observer = new MutationObserver(look);
    const timer = setTimeout(() => {
      observer.disconnect();
      resolve(undefined);
    }, LONGEST_WAIT_MS);
    observer.observe(document.body, { childList: true, subtree: true });
    look();
  });
}
