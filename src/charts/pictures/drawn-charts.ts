/** Charts whose code or first drawing is still to come. */
const toCome = ".chart-placeholder, .chart-main:empty";

/** Charts of curves. A chart of differences has no plot of this kind and is not waited for. */
const chartsThere = () => [...document.querySelectorAll("figure.chart:has(.chart-plot)")];

/** The page's charts, once each of them shows its curves or says that it has none. */
function drawnCharts(): readonly Element[] | undefined {
  const charts = chartsThere();
  const drawn = (chart: Element) => chart.querySelector("svg.recharts-surface, .chart-empty") !== null;
  const ready = charts.length > 0 && charts.every(drawn) && document.querySelector(toCome) === null;
  return ready ? charts : undefined;
}

/**
 * Waits until all charts on the page are drawn: they load on demand, so just after a training was opened some of
 * them are not.
 * @returns the charts, after `limitMs` those that are there
 */
export function chartsOnPage(limitMs = 20_000): Promise<readonly Element[]> {
  return new Promise((resolve) => {
    const end = (charts: readonly Element[]) => {
      observer.disconnect();
      clearTimeout(timer);
      resolve(charts);
    };
    const look = () => {
      const charts = drawnCharts();
      if (charts) end(charts);
    };
    const observer = new MutationObserver(look);
    const timer = setTimeout(() => end(chartsThere()), limitMs);
    observer.observe(document.body, { childList: true, subtree: true });
    look();
  });
}
