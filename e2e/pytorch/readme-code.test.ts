import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { weightsReadme } from "../../src/app/export/weights-readme";
import { createShrinker, enlarge } from "../../src/engine/dataset/pixels/resize";
import { pythonWith } from "./python";

const SIZE = 32;

/** Runs the README's own functions on the images named, without the network. */
const driver = `import re, sys, json
import numpy as np
from PIL import Image, ImageOps
size = ${SIZE}
exec(re.search(r"(?ms)^def means.*?^for path", open("example.py").read()).group(0)[:-8])
for path in sys.argv[1:]:
    print(json.dumps((prepared(path)[0].transpose(1, 2, 0).ravel() * 255).round(3).tolist()))
`;

test("the code of an export's README prepares images as training did", ({ skip }) => {
  const python = pythonWith("numpy, PIL");
  if (!python) return skip("NumPy and Pillow are not installed: apt-get install python3-numpy python3-pil");
  const folder = mkdtempSync(join(tmpdir(), "retort-readme-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [, code = ""] = /```python\n(.*?)```/s.exec(weightsReadme(["a.onnx"], undefined)) ?? [];
  writeFileSync(join(folder, "example.py"), code);
  writeFileSync(join(folder, "driver.py"), driver);
  const sides = [1, 19, SIZE, 33, 37, 64, 101, 300];
  const wanted = sides.map((side) => {
    // Twice as wide as high: only the center square counts.
    const left = Math.floor(side / 2);
    const pixels = Uint8Array.from(
      { length: 2 * side * side * 3 },
      (_, at) => Math.imul(at + side, 0x9e3779b1) >>> 24,
    );
    writeFileSync(
      join(folder, `${side}.ppm`),
      Buffer.concat([Buffer.from(`P6 ${2 * side} ${side} 255\n`), pixels]),
    );
    const square = new Uint8ClampedArray(4 * side * side).map((_, at) => {
      const [pixel, channel] = [at >> 2, at & 3];
      const [x, y] = [left + (pixel % side), Math.floor(pixel / side)];
      return channel === 3 ? 255 : (pixels[(y * 2 * side + x) * 3 + channel] as number);
    });
    const into = new Uint8Array(SIZE * SIZE * 3);
    if (side < SIZE) enlarge(square, side, SIZE, into);
    else {
      const shrinker = createShrinker(side, SIZE);
      shrinker.start();
      for (let row = 0; row < side; row++) shrinker.addRow(square, 4 * side * row);
      shrinker.finish(into);
    }
    return into;
  });
  const files = sides.map((side) => `${side}.ppm`);
  const { stdout, stderr } = spawnSync(python, ["driver.py", ...files], { cwd: folder, encoding: "utf8" });
  const lines = stdout.trim().split("\n");
  expect(lines.length, stderr).toBe(sides.length);
  for (const [at, line] of lines.entries()) {
    const found: number[] = JSON.parse(line);
    const differences = found.map((value, i) => Math.abs(value - (wanted[at]?.[i] ?? Number.NaN)));
    // Pillow rounds twice when it enlarges.
    const most = (sides[at] as number) < SIZE ? 1.01 : 0.01;
    expect(Math.max(...differences), `${sides[at]} pixels`).toBeLessThan(most);
  }
});
