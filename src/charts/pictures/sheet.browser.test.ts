import { expect, test } from "vitest";
import { sheetSvg } from "./sheet";

const picture = (width: number, height: number) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><title>${width}</title></svg>`;

test("pictures are side by side without overlapping, and the sheet contains them all", () => {
  const sheet = new DOMParser().parseFromString(
    sheetSvg([picture(300, 200), picture(320, 250), picture(300, 100)]),
    "image/svg+xml",
  ).documentElement;
  const boxes = [...sheet.children].map((child) => {
    const [x = 0, y = 0, width = 0, height = 0] = ["x", "y", "width", "height"].map((name) =>
      Number(child.getAttribute(name)),
    );
    return { x, y, right: x + width, bottom: y + height };
  });
  expect(boxes).toHaveLength(3);
  const [first, second, third] = boxes;
  expect(second?.x).toBeGreaterThan(first?.right ?? 0);
  expect(third?.y).toBeGreaterThan(Math.max(first?.bottom ?? 0, second?.bottom ?? 0));
  expect(Number(sheet.getAttribute("width"))).toBeGreaterThanOrEqual(
    Math.max(...boxes.map(({ right }) => right)),
  );
  expect(Number(sheet.getAttribute("height"))).toBe(Math.max(...boxes.map(({ bottom }) => bottom)));
});
