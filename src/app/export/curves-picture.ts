import { armColor, armDash } from "../../series/arm-colors";
import { armNames } from "../../series/arm-names";
import type { RunState } from "../../store/run-state";
import { texts } from "../../texts/texts";

/** All charts on the page as one picture. */
export async function curvesSvg(run: RunState, hiddenSlots: readonly number[]): Promise<string> {
  const [{ standaloneSvg }, { sheetSvg }, { chartsOnPage }] = await Promise.all([
    import("../../charts/pictures/picture"),
    import("../../charts/pictures/sheet"),
    import("../../charts/pictures/drawn-charts"),
  ]);
  const names = armNames(run);
  const legend = run.armSlots.flatMap((slot, arm) => {
    if (hiddenSlots.includes(slot)) return [];
    const dash = armDash(slot);
    return [
      { label: names[arm] ?? texts().run.arm, color: armColor(slot), ...(dash !== undefined && { dash }) },
    ];
  });
  const pictures = (await chartsOnPage()).flatMap((chart) => {
    const plot = chart.querySelector<SVGSVGElement>("svg.recharts-surface");
    const title = chart.querySelector(".chart-title")?.textContent ?? "";
    return plot ? [standaloneSvg(plot, title, legend)] : [];
  });
  if (pictures.length === 0) throw new Error(texts().exports.noCurve);
  return sheetSvg(pictures);
}

export async function curvesPng(run: RunState, hiddenSlots: readonly number[]): Promise<Blob> {
  const { pngOf } = await import("../../charts/pictures/picture");
  return pngOf(await curvesSvg(run, hiddenSlots));
}
