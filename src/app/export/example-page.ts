/** The page prepares an image exactly as training did (src/engine/dataset/pixels/decode.ts, resize.ts). */

/**
 * An example page for exported models.
 * @param models their files, relative to the page
 * @param classes names in the order of the model's outputs
 * @param asks what to do, for the visitor
 */
export const examplePage = (
  models: readonly string[],
  classes: readonly string[],
  asks: string,
): string => `<!doctype html>
<meta charset="utf-8" />
<select>${models.map((model) => `<option>${model.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</option>`).join("")}</select>
<input type="file" accept="image/*" multiple />
<p>${asks}</p>
<pre></pre>
<script src="https://cdn.jsdelivr.net/npm/@tensorflow/tfjs@4.22.0/dist/tf.min.js"></script>
<script type="module">
  const classes = ${JSON.stringify(classes).replaceAll("<", "\\u003c")};
  const [chosen, input, shown] = ["select", "input", "pre"].map((name) => document.querySelector(name));

  // The pixels that cell i of \`size\` covers on a line of \`side\`, with their weights: the mean over an area where
  // the image is larger, otherwise bilinear interpolation.
  function covered(i, side, size) {
    const clamp = (x) => Math.min(Math.max(x, 0), side - 1);
    if (side < size) {
      const place = clamp(((i + 0.5) * side) / size - 0.5);
      const low = Math.floor(place);
      return [[low, 1 - (place - low)], [clamp(low + 1), place - low]];
    }
    const [from, to] = [(i * side) / size, ((i + 1) * side) / size];
    const pixels = [];
    for (let x = Math.floor(from); x < to && x < side; x++) {
      pixels.push([x, (Math.min(to, x + 1) - Math.max(from, x)) / (to - from)]);
    }
    return pixels;
  }

  // The center square over white, scaled to the model's size, with values from 0 to 1.
  async function prepared(file, size, channels) {
    const bitmap = await createImageBitmap(file, { colorSpaceConversion: "none", imageOrientation: "from-image" });
    const side = Math.min(bitmap.width, bitmap.height);
    const context = new OffscreenCanvas(side, side).getContext("2d");
    context.fillStyle = "white";
    context.fillRect(0, 0, side, side);
    const [left, top] = [bitmap.width, bitmap.height].map((length) => Math.floor((length - side) / 2));
    context.drawImage(bitmap, left, top, side, side, 0, 0, side, side);
    const { data } = context.getImageData(0, 0, side, side);
    const cells = Array.from({ length: size }, (_, i) => covered(i, side, size));
    const values = new Float32Array(size * size * channels);
    cells.forEach((rows, row) => cells.forEach((columns, column) => {
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        for (const [y, h] of rows) for (const [x, w] of columns) sum += h * w * data[(y * side + x) * 4 + channel];
        values[(row * size + column) * channels + channel] = Math.floor(sum + 0.5) / 255;
      }
    }));
    return tf.tensor(values, [1, size, size, channels]);
  }

  async function answer(model, file) {
    const [, size, , channels] = model.inputs[0].shape;
    const output = ["logits", "shares"].find((wanted) => model.outputs.some(({ name }) => name === wanted)) ?? "features";
    const values = await model.execute(await prepared(file, size, channels), output).data();
    if (output === "features") return [...values].join(" ");
    // Estimated shares may lie a little outside 0 to 1.
    const parts = values.map((value) => (output === "logits" ? Math.exp(value - Math.max(...values)) : Math.max(value, 0)));
    const shares = parts.map((part) => part / parts.reduce((sum, one) => sum + one));
    const best = [...shares.keys()].sort((a, b) => shares[b] - shares[a]).slice(0, 5);
    return best.map((i) => \`\${classes[i] ?? i} \${(100 * shares[i]).toFixed(1)} %\`).join(", ");
  }

  let changes = 0;
  chosen.onchange = input.onchange = async () => {
    const change = ++changes;
    const model = await tf.loadGraphModel(encodeURI(chosen.value));
    const lines = [];
    for (const file of input.files) {
      lines.push(\`\${file.name}: \${await answer(model, file).catch((error) => error.message)}\`);
    }
    // Answers to an earlier choice may take longer than those to a later one.
    if (change === changes) shown.textContent = lines.join("\\n");
  };
</script>
`;
