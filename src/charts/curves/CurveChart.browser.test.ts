import { createElement } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { ChartLegend } from "../ChartLegend";
import { arm } from "../charts.testing";
import { click, doing, type Rendered, render } from "../render.test-support";
import type { CurveChartProps } from "../types";
import { CurveChart } from "./CurveChart";

let rendered: Rendered | undefined;
afterEach(() => rendered?.unmount());

const defaults: CurveChartProps = { title: "kNN top-1", series: [], unit: "fraction", xAxis: "step" };
const element = (props: Partial<CurveChartProps>) => createElement(CurveChart, { ...defaults, ...props });

async function show(props: Partial<CurveChartProps>): Promise<HTMLElement> {
  rendered = await render(element(props));
  return rendered.box;
}

const lines = (box: HTMLElement) => [...box.querySelectorAll<SVGPathElement>("path.chart-line")];
const ticks = (box: HTMLElement, axis: "x" | "y") =>
  [...box.querySelectorAll(`.recharts-${axis}Axis-tick-labels text`)].map(({ textContent }) => textContent);
const twoSeeds = [
  [0.1, 0.4],
  [0.1, 0.6],
];

test("there is one line and one band per arm with several seeds, and no band for a single seed", async () => {
  const box = await show({ series: [arm("a", twoSeeds), arm("b", [[0.2, 0.3]])] });
  expect(lines(box)).toHaveLength(2);
  expect(box.querySelectorAll("path.chart-band")).toHaveLength(1);
});

test("hidden arms are not drawn", async () => {
  const box = await show({ series: [arm("a", [[0.1, 0.2]]), arm("b", [[0.3, 0.4]], true)] });
  expect(lines(box)).toHaveLength(1);
});

test("a legend keeps hidden arms, and calls back", async () => {
  const onToggle = vi.fn();
  const series = [arm("a", []), arm("b", [], true)];
  rendered = await render(createElement(ChartLegend, { series, onToggle }));
  const { box } = rendered;
  const buttons = [...box.querySelectorAll(".chart-legend button")];
  expect(buttons.map((button) => button.getAttribute("aria-pressed"))).toEqual(["true", "false"]);
  await click(box, ".chart-legend li:last-child button");
  expect(onToggle).toHaveBeenCalledExactlyOnceWith("b");
});

test("a single point is visible", async () => {
  const box = await show({ series: [arm("a", [[0.5]])] });
  expect(box.querySelectorAll(".chart-dot")).toHaveLength(1);
});

test("an empty chart says in its place whether there is no data or all curves are hidden", async () => {
  const box = await show({ series: [arm("a", [])] });
  expect(box.querySelector(".chart-empty")?.textContent).toContain("No data yet");
  const height = box.querySelector(".chart-plot")?.getBoundingClientRect().height;
  const whole = box.getBoundingClientRect().height;
  await rendered?.rerender(element({ series: [arm("a", [[0.5, 0.6]])] }));
  expect(box.querySelector(".chart-plot")?.getBoundingClientRect().height).toBe(height);
  expect(box.getBoundingClientRect().height).toBe(whole);
  await rendered?.rerender(element({ series: [arm("a", [[0.5, 0.6]], true)] }));
  expect(box.querySelector(".chart-empty")?.textContent).toContain("hidden");
});

test("floors are labeled lines within the axes", async () => {
  const floors = [{ id: "pixels", label: "kNN on pixels", value: 0.05 }];
  const box = await show({ series: [arm("a", [[0.8, 0.9]])], floors });
  const line = box.querySelector(".recharts-reference-line-line");
  const plot = box.querySelector(".chart-plot")?.getBoundingClientRect();
  expect(line?.getBoundingClientRect().bottom).toBeLessThan(plot?.bottom ?? 0);
  const labels = [...box.querySelectorAll(".recharts-label")].map(({ textContent }) => textContent);
  expect(labels).toContain("kNN on pixels");
});

test("events are marked at their steps, and listed in the table", async () => {
  const events = [
    { id: "1", label: "BYOL collapsed", x: 10 },
    { id: "2", label: "peer 2 crashed", x: 10 },
  ];
  const box = await show({ series: [arm("a", [[0.8, 0.9, 0.7]])], events });
  const marks = [...box.querySelectorAll(".recharts-label")].filter(({ textContent }) =>
    /collapsed|crashed/.test(textContent ?? ""),
  );
  const [first, second] = marks.map((mark) => mark.getBoundingClientRect());
  expect(second?.top).toBeGreaterThanOrEqual((first?.bottom ?? 0) - 3);
  await click(box, ".chart-data summary");
  const rows = [...box.querySelectorAll(".chart-data tbody tr")].map(({ textContent }) => textContent);
  expect(rows.slice(-2)).toEqual(["BYOL collapsedStep 10", "peer 2 crashedStep 10"]);
});

test("a log axis has ticks at powers and counts the points it cannot show", async () => {
  const box = await show({ series: [arm("a", [[0, 1, 10, 100, 1000]])], unit: "none", yScale: "log" });
  expect(ticks(box, "y")).toEqual(["1", "10", "100", "1,000"]);
  expect(box.querySelector(".chart-note")?.textContent).toContain("1 point at or below zero");
});

test("the x-axis uses its own units", async () => {
  const series = [{ ...arm("a", []), runs: [{ seed: 1, x: [0, 600_000], y: [1, 2] }] }];
  const box = await show({ series, unit: "none", xAxis: "wall" });
  expect(ticks(box, "x")).toEqual(["0 s", "2 min", "4 min", "6 min", "8 min", "10 min"]);
  await rendered?.rerender(element({ series, unit: "none", xAxis: "macs" }));
  expect(box.querySelector(".recharts-surface")?.textContent).toContain("Compute (MACs)");
});

test("the table behind the chart holds the same numbers, and the picture its summary", async () => {
  const box = await show({ series: [arm("a", twoSeeds), arm("b", [[0.2, 0.3]])] });
  expect(box.querySelector(".chart-data table")).toBeNull();
  await click(box, ".chart-data summary");
  await expect.poll(() => box.querySelectorAll(".chart-data tbody tr").length).toBe(2);
  const cells = [...box.querySelectorAll(".chart-data tbody tr:last-child > *")].map(
    ({ textContent }) => textContent,
  );
  expect(cells).toEqual(["10", "50.0 ± 14.1 % (n = 2)", "30.0 %"]);
  const spoken = box.querySelector("svg.recharts-surface")?.getAttribute("aria-label");
  expect(spoken).toBe("kNN top-1 against step. Arm a: 50.0 ± 14.1 % at 10. Arm b: 30.0 % at 10.");
});

/** The hover cards of all charts while the pointer is near the end of the first chart. */
async function hovered(box: HTMLElement): Promise<(string | null)[]> {
  const chart = box.querySelector<HTMLElement>(".recharts-wrapper");
  const { right = 0, top = 0 } = chart?.getBoundingClientRect() ?? {};
  const at = { bubbles: true, clientX: right - 20, clientY: top + 80 };
  await doing(() => chart?.dispatchEvent(new MouseEvent("mousemove", at)));
  return [...box.querySelectorAll(".chart-hover")].map(({ textContent }) => textContent);
}

test("hovering shows mean, spread and n at that position", async () => {
  const box = await show({ series: [arm("a", twoSeeds)] });
  await expect
    .poll(() => hovered(box))
    .toEqual([expect.stringMatching(/Step: 10.*Arm a.*50\.0 ± 14\.1 %.*n = 2/)]);
});

test("hovering on one chart shows the nearest measurements on the others", async () => {
  const often = { series: [arm("a", [[0.1, 0.2, 0.3, 0.4]])] };
  const seldom = { series: [{ ...arm("b", [[0.5, 0.9]]), runs: [{ seed: 1, x: [0, 30], y: [0.5, 0.9] }] }] };
  rendered = await render(createElement("div", {}, element(often), element(seldom)));
  const { box } = rendered;
  await expect
    .poll(() => hovered(box))
    .toEqual([expect.stringMatching(/Step: 30.*40\.0 %/), expect.stringMatching(/Step: 30.*90\.0 %/)]);
});

test("zoom by keyboard keeps its range while data streams, and can be undone", async () => {
  const rising = (length: number) => [arm("a", [Array.from({ length }, (_, i) => i)])];
  const box = await show({ series: rising(101), unit: "none" });
  const thumb = box.querySelector<HTMLElement>('[role="slider"]');
  thumb?.focus();
  for (let i = 0; i < 50; i += 1) {
    const press = { key: "ArrowRight", shiftKey: true, bubbles: true };
    await doing(() => thumb?.dispatchEvent(new KeyboardEvent("keydown", press)));
  }
  expect(thumb?.getAttribute("aria-valuetext")).toBe("500");
  await rendered?.rerender(element({ series: rising(201), unit: "none" }));
  expect(thumb?.getAttribute("aria-valuetext")).toBe("500");
  expect(ticks(box, "x")).not.toContain("400");
  expect(ticks(box, "x")).toContain("2k");
  await click(box, ".chart-head > button");
  expect(ticks(box, "x")[0]).toBe("0");
});

const rising = (id: string, points: number) => arm(id, [Array.from({ length: points }, (_, i) => i)]);

test.each<[string, Partial<CurveChartProps>]>([
  ["its own points", { series: [rising("a", 101)] }],
  ["an event", { series: [rising("a", 51)], events: [{ id: "end", label: "end", x: 1_000 }] }],
  ["the points of another chart", { series: [rising("a", 51)], others: [rising("b", 101)] }],
])("dragging across a plot that reaches to %s zooms into that part", async (_, props) => {
  const box = await show({ ...props, unit: "none" });
  const plot = box.querySelector<HTMLElement>(".chart-plot");
  const { left = 0, top = 0 } = plot?.getBoundingClientRect() ?? {};
  const send = (type: string, x: number) =>
    doing(() => {
      const at = { clientX: left + 56 + x, clientY: top + 50 };
      plot?.dispatchEvent(
        new PointerEvent(type, { bubbles: true, pointerType: "mouse", pointerId: 1, ...at }),
      );
    });
  // The plot is 640 − 56 − 14 = 570 wide: a tenth of it is 57.
  await send("pointerdown", 114);
  await send("pointermove", 120);
  await send("pointerup", 120);
  expect(ticks(box, "x")[0]).toBe("0");
  vi.spyOn(HTMLElement.prototype, "setPointerCapture").mockImplementation(() => {});
  await send("pointerdown", 114);
  await send("pointermove", 285);
  expect(box.querySelector(".chart-selection")).not.toBeNull();
  await send("pointerup", 285);
  expect(box.querySelector(".chart-selection")).toBeNull();
  expect(ticks(box, "x")).toEqual(["200", "250", "300", "350", "400", "450", "500"]);
  await doing(() => plot?.dispatchEvent(new MouseEvent("dblclick", { bubbles: true })));
  expect(ticks(box, "x").at(-1)).toBe("1k");
});

test("the zoom is kept when the chart is shown again, and shared by charts of the same kind", async () => {
  const series = [arm("a", [[1, 2, 3, 4, 5]])];
  const slider = (box: HTMLElement) => box.querySelector<HTMLElement>('[aria-label="Shown from"]');
  const press = (key: string) =>
    doing(() => slider(box)?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })));
  const box = await show({ title: "Here", series, unit: "none", zoomPlace: "loss" });
  await doing(() => slider(box)?.focus());
  for (let times = 0; times < 3; times++) await press("PageUp");
  const shown = slider(box)?.getAttribute("aria-valuetext");
  expect(shown).not.toBe("0");
  await rendered?.unmount();
  const again = await show({ title: "There", series, unit: "none", zoomPlace: "loss" });
  expect(slider(again)?.getAttribute("aria-valuetext")).toBe(shown);
  await click(again, ".chart-head > button");
  expect(slider(again)?.getAttribute("aria-valuetext")).toBe("0");
});
