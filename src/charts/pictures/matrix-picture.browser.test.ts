import { expect, test } from "vitest";
import { type Matrix, matrixCsv, matrixSvg } from "./matrix-picture";
import { pngOf } from "./picture";

const matrix: Matrix = {
  title: "A < B",
  corner: "given \\ found",
  rows: ["cat", "dog, wolf"],
  columns: ["x", "y", "z"],
  cells: [0, 1].map((row) =>
    [0, 1, 2].map((column) => ({
      text: `${3 * row + column}`,
      value: 3 * row + column,
      color: "oklch(0.64 0.15 120)",
      share: 1,
    })),
  ),
};

test("a matrix saved as a picture holds every figure, and no color that depends on a style sheet", () => {
  const text = matrixSvg(matrix, document.body);
  const svg = new DOMParser().parseFromString(text, "image/svg+xml");
  expect(svg.querySelector("parsererror")).toBeNull();
  const written = [...svg.querySelectorAll("text")].map(({ textContent }) => textContent);
  for (const each of [matrix.title, ...matrix.rows, ...matrix.columns, "0", "5"]) {
    expect(written).toContain(each);
  }
  expect(text).not.toMatch(/oklch|var\(|color-mix/);
});

test("its picture has every name within its edges", async () => {
  const names = ["a name that is far longer than a cell is wide"];
  const bitmap = await createImageBitmap(
    await pngOf(
      matrixSvg({ ...matrix, rows: [...names, "dog"], columns: [...names, "y", "z"] }, document.body),
      1,
    ),
  );
  expect(bitmap.width).toBeGreaterThan(300 + 3 * 46);
  expect(bitmap.height).toBeGreaterThan(200 + 2 * 30);
});

test("its CSV file has a line per row, under the columns' names", () => {
  expect(matrixCsv(matrix)).toBe('given \\ found,x,y,z\r\ncat,0,1,2\r\n"dog, wolf",3,4,5\r\n');
});
