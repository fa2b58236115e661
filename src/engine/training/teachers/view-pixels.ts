import * as tf from "@tensorflow/tfjs-core";
import { ResidentTensor } from "../../backend/resident-tensor";
import { type CompiledRows, compileRows } from "../../compiled/compiled-rows";
import { compiledSteps } from "../../compiled/in-use";
import type { RenderRecipe } from "../../views/parameters";
import { renderViews } from "../../views/render-views";
import type { ResidentImages } from "../../views/resident-images";
import type { BatchViews } from "./asked-views";

/** Images rendered at once: large ones of a whole batch would need much memory. */
const atOnce = 16;

/** Renders views outside of steps, as pixels in [0, 1], at a size of their own. Dispose it. */
export class ViewPixels {
  private readonly clock = ResidentTensor.of(tf.tensor1d(new Int32Array(2), "int32"));
  private readonly plain = new Map<ResidentImages, ResidentImages>();
  private readonly compiled = new Map<ResidentImages, Map<string, CompiledRows | undefined>>();

  /** @param side pixels per side */
  constructor(private readonly side: number) {}

  /**
   * Renders the views of some images of a batch: those of the first recipe first, [recipes · images, side, side, channels].
   * The same views as those of a student at another size: the same crop, and a blur that is as wide compared with it.
   */
  async of(asked: Omit<BatchViews, "mixup">): Promise<Float32Array<ArrayBuffer>> {
    const { images, batch, seed, epoch } = asked;
    const recipes = asked.recipes.map((recipe) => this.resized(recipe, images));
    const length = this.side ** 2 * images.set.channels;
    const pixels = new Float32Array(recipes.length * batch.length * length);
    this.clock.write(Int32Array.of(seed | 0, epoch));
    for (let from = 0; from < batch.length; from += atOnce) {
      const count = Math.min(atOnce, batch.length - from);
      // The last ones are filled up, so that all are rendered by the same program.
      const some = Int32Array.from(
        { length: atOnce },
        (_, i) => batch[from + Math.min(i, count - 1)] as number,
      );
      // Not while its rendering is traced, since it may upload images.
      this.plainOf(images);
      images.hold(some);
      const rendered = await this.render(images, recipes, some);
      for (const view of recipes.keys()) {
        const start = view * atOnce * length;
        const part = rendered.subarray(start, start + count * length);
        pixels.set(part, (view * batch.length + from) * length);
      }
    }
    return pixels;
  }

  dispose(): void {
    this.clock.dispose();
    for (const ofImages of this.compiled.values()) for (const rows of ofImages.values()) rows?.release();
    this.compiled.clear();
  }

  private async render(
    images: ResidentImages,
    recipes: readonly RenderRecipe[],
    some: Int32Array<ArrayBuffer>,
  ): Promise<Float32Array> {
    const compiled = this.compiledFor(images, recipes);
    const views = compiled
      ? compiled.of(some)
      : tf.tidy(() => this.rowsOf(images, recipes, tf.tensor1d(some, "int32")));
    const rendered = (await views.data()) as Float32Array;
    views.dispose();
    return rendered;
  }

  private compiledFor(images: ResidentImages, recipes: readonly RenderRecipe[]): CompiledRows | undefined {
    const steps = compiledSteps();
    if (!steps) return undefined;
    const ofImages = this.compiled.get(images) ?? new Map<string, CompiledRows | undefined>();
    this.compiled.set(images, ofImages);
    const key = JSON.stringify(recipes);
    if (!ofImages.has(key)) {
      const made = compileRows(steps, atOnce, (indices) => this.rowsOf(images, recipes, indices));
      ofImages.set(key, "reason" in made ? undefined : made);
    }
    return ofImages.get(key);
  }

  /** All views, one row for each image that is asked for. */
  private rowsOf(
    images: ResidentImages,
    recipes: readonly RenderRecipe[],
    indices: tf.Tensor1D,
  ): tf.Tensor2D {
    const views = renderViews(this.plainOf(images), recipes, indices, this.clock.tensor, this.side);
    return tf.reshape(views, [indices.size, -1]);
  }

  private plainOf(images: ResidentImages): ResidentImages {
    const { channels } = images.set;
    const known = this.plain.get(images);
    if (known) return known;
    images.prepare(this.side);
    const mean = new Array<number>(channels).fill(0);
    const made = images.normalizedBy({ mean, std: mean.map(() => 1) });
    this.plain.set(images, made);
    return made;
  }

  private resized(recipe: RenderRecipe, { set }: ResidentImages): RenderRecipe {
    const scale = this.side / set.size;
    const { min, max } = recipe.blurSigma;
    return { ...recipe, blurSigma: { min: min * scale, max: max * scale } };
  }
}
