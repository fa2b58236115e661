import { afterEach, expect, test } from "vitest";
import { chartsOnPage } from "./drawn-charts";

afterEach(() => document.body.replaceChildren());

test("charts are waited for until the last one is drawn", async () => {
  document.body.innerHTML = `
    <figure class="chart forest"></figure>
    <figure class="chart"><div class="chart-plot"></div></figure>
    <div class="chart-placeholder"></div>`;
  let drawn: readonly Element[] | undefined;
  const waiting = chartsOnPage().then((charts) => {
    drawn = charts;
  });
  document.querySelector(".chart-plot")?.append(surface());
  await seen();
  expect(drawn).toBeUndefined();
  document.querySelector(".chart-placeholder")?.replaceWith(emptyChart());
  await waiting;
  expect(drawn).toHaveLength(2);
});

test("charts that never come are waited for no longer than the limit", async () => {
  document.body.innerHTML = `<div class="chart-placeholder"></div>`;
  expect(await chartsOnPage(1)).toEqual([]);
});

function surface(): Element {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "recharts-surface");
  return svg;
}

function emptyChart(): Element {
  const chart = document.createElement("figure");
  chart.className = "chart";
  chart.innerHTML = `<div class="chart-plot"><p class="chart-empty"></p></div>`;
  return chart;
}

/** Until changes of the page were observed. */
const seen = () => new Promise((resolve) => setTimeout(resolve));
