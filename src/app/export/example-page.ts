/** An example page for an exported model. @param model the model's file, relative to the page */
export const examplePage = (model: string): string => `<!doctype html>
<input type="file" accept="image/*" />
<pre>Choose an image. Serve this folder (for example: npx serve), files opened from the disk cannot load others.</pre>
<script src="https://cdn.jsdelivr.net/npm/@tensorflow/tfjs@4.22.0/dist/tf.min.js"></script>
<script type="module">
  const model = await tf.loadGraphModel(${JSON.stringify(encodeURI(model))});
  const [, size, , channels] = model.inputs[0].shape;
  document.querySelector("input").onchange = async ({ target }) => {
    const image = tf.browser.fromPixels(await createImageBitmap(target.files[0]), channels);
    const pixels = tf.image.resizeBilinear(image, [size, size]).div(255).expandDims();
    document.querySelector("pre").textContent = [...(await model.execute(pixels, "features").data())].join(" ");
  };
</script>
`;
