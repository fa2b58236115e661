import { createElement } from "react";
import { afterEach, expect, test } from "vitest";
import { arm } from "../charts.testing";
import { CurveChart } from "../curves/CurveChart";
import { type Rendered, render } from "../render.test-support";
import { pngOf, standaloneSvg } from "./picture";

let rendered: Rendered | undefined;
afterEach(() => rendered?.unmount());

async function exported(): Promise<string> {
  const series = [{ ...arm("a", [[0.1, 0.9]]), color: "var(--arm)" }];
  rendered = await render(
    createElement(CurveChart, { title: "A < B", series, unit: "fraction", xAxis: "step" }),
  );
  rendered.box.style.setProperty("--arm", "rgb(12, 34, 56)");
  const plot = rendered.box.querySelector<SVGSVGElement>("svg.recharts-surface");
  if (!plot) throw new Error("nothing was drawn");
  return standaloneSvg(plot, "A < B", series);
}

test("a saved picture is well formed, has a name, and needs no style sheet", async () => {
  const text = await exported();
  const svg = new DOMParser().parseFromString(text, "image/svg+xml");
  expect(svg.querySelector("parsererror")).toBeNull();
  expect(svg.querySelector("title")?.textContent).toBe("A < B");
  expect(svg.documentElement.textContent).toContain("Arm a");
  expect(text).not.toContain("var(");
  const strokes = [...svg.querySelectorAll("path, line")].map((shape) => shape.getAttribute("stroke"));
  expect(strokes.filter((stroke) => stroke === "rgb(12, 34, 56)").length).toBeGreaterThanOrEqual(2);
});

test("the PNG shows the curve in its color on an opaque background", async () => {
  const bitmap = await createImageBitmap(await pngOf(await exported(), 1));
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext("2d");
  context?.drawImage(bitmap, 0, 0);
  const { data } = context?.getImageData(0, 0, bitmap.width, bitmap.height) ?? {
    data: new Uint8ClampedArray(),
  };
  let colored = 0;
  let clear = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i] === 12 && data[i + 1] === 34 && data[i + 2] === 56) colored += 1;
    if (data[i + 3] !== 255) clear += 1;
  }
  expect(bitmap.width).toBe(640);
  expect(colored).toBeGreaterThan(100);
  expect(clear).toBe(0);
});
