import { createElement } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { resultRow, summary } from "../charts.testing";
import { ProgressBar } from "../ProgressBar";
import { click, doing, type Rendered, render } from "../render.test-support";
import type { ResultsTableProps } from "../types";
import { ResultsTable } from "./ResultsTable";

let rendered: Rendered | undefined;
afterEach(() => rendered?.unmount());

async function show(props: ResultsTableProps): Promise<HTMLElement> {
  rendered = await render(createElement(ResultsTable, props));
  return rendered.box;
}

const rows = [
  resultRow("on", { accuracy: { finalKnn: summary(0.5, 0.01), bestLinear: summary(0.7, 0.02) } }),
  resultRow("7v", {
    accuracy: { finalKnn: summary(0.6, 0.02) },
    difference: { finalKnn: summary(0.1, 0.01, 3), bestLinear: summary(0.2) },
  }),
];
const names = (box: HTMLElement) =>
  [...box.querySelectorAll("tbody th")].map(({ textContent }) => textContent?.trim());
const sentences = (box: HTMLElement) =>
  [...box.querySelectorAll(".results-differences li")].map(({ textContent }) => textContent);

test("pressing a heading sorts, and the heading shows the direction", async () => {
  const box = await show({ rows, baselineId: "on" });
  expect(names(box)).toEqual(["Arm on", "Arm 7v"]);
  const heading = () => box.querySelector("thead th:nth-child(3)");
  expect(heading()?.getAttribute("aria-sort")).toBe("none");
  await click(box, "thead th:nth-child(3) button");
  expect(heading()?.getAttribute("aria-sort")).toBe("descending");
  expect(names(box)).toEqual(["Arm 7v", "Arm on"]);
  await click(box, "thead th:nth-child(3) button");
  expect(heading()?.getAttribute("aria-sort")).toBe("ascending");
  expect(names(box)).toEqual(["Arm on", "Arm 7v"]);
});

test("the baseline is chosen by name", async () => {
  const onBaseline = vi.fn();
  const box = await show({ rows, baselineId: "on", onBaseline });
  const radios = [...box.querySelectorAll<HTMLInputElement>('input[type="radio"]')];
  expect(radios.map(({ checked }) => checked)).toEqual([true, false]);
  await click(box, '[aria-label="Compare with Arm 7v"]');
  expect(onBaseline).toHaveBeenCalledExactlyOnceWith("7v");
});

test("differences are stated for the chosen metric, also with too few seeds", async () => {
  const box = await show({ rows, baselineId: "on" });
  expect(sentences(box)).toEqual([
    "Arm 7v − Arm on: +10.0 ± 1.0 pp over 3 seeds; better: the 95 % interval over seeds is +7.5 to +12.5 pp.",
  ]);
  const select = box.querySelector("select");
  await doing(() => {
    if (select) select.value = "bestLinear";
    select?.dispatchEvent(new Event("change", { bubbles: true }));
  });
  expect(sentences(box)).toEqual([
    "Arm 7v − Arm on: +20.0 pp over 1 seed; not enough seeds to tell: a verdict takes at least 3.",
  ]);
});

test("without arms there is a sentence in place of a table", async () => {
  const box = await show({ rows: [] });
  expect(box.textContent).toContain("No arms");
  expect(box.querySelector("table")).toBeNull();
});

test("a progress bar has a value, or is indeterminate", async () => {
  rendered = await render(
    createElement(ProgressBar, { label: "Training", value: 1.7, text: "epoch 3 of 3" }),
  );
  const bar = () => rendered?.box.querySelector('[role="progressbar"]');
  expect(bar()?.getAttribute("aria-valuenow")).toBe("100");
  expect(bar()?.getAttribute("aria-valuetext")).toBe("epoch 3 of 3");
  await rendered.rerender(createElement(ProgressBar, { label: "Decoding" }));
  expect(bar()?.hasAttribute("aria-valuenow")).toBe(false);
});
