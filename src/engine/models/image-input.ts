import { modelLimits } from "../../protocol/teacher-model";
import { ModelUnreadable } from "./model-unreadable";
import type { ImageInput } from "./runnable-model";

/**
 * Understands a model's inputs as one batch of square images. @throws ModelUnreadable that names what it has instead
 *
 * @param inputs name, element type ("float32") and shape of each; undefined sides may have any size
 */
export function imageInputOf(
  inputs: readonly {
    readonly name: string;
    readonly type: string;
    readonly shape: readonly (number | undefined)[] | undefined;
  }[],
): ImageInput {
  const [input, second] = inputs;
  if (!input) throw new ModelUnreadable("The model has no input.");
  if (second) {
    const names = inputs.slice(0, 5).map(({ name }) => name.slice(0, 60));
    throw new ModelUnreadable(
      `The model has ${inputs.length} inputs (${names.join(", ")}); a teacher takes one, an image.`,
    );
  }
  const { name, type, shape } = input;
  if (type !== "float32")
    throw new ModelUnreadable(`Its input ${name} has numbers of type ${type}; a teacher takes float32.`);
  const written = shape?.map((side) => side ?? "any").join(", ") ?? "nothing";
  const [batch, second4, third, last] = shape ?? [];
  const isImage = (one: number | undefined): one is 1 | 3 => one === 1 || one === 3;
  const layout = isImage(last) ? "channelsLast" : isImage(second4) ? "channelsFirst" : undefined;
  if (shape?.length !== 4 || !layout)
    throw new ModelUnreadable(
      `Its input ${name} has the shape [${written}]; a teacher takes images of one or three channels.`,
    );
  const [height, width] = layout === "channelsLast" ? [second4, third] : [third, last];
  if (height !== undefined && width !== undefined && height !== width)
    throw new ModelUnreadable(`Its images are ${height} × ${width}; a teacher takes square ones.`);
  const side = height ?? width;
  if (side !== undefined && side > modelLimits.side)
    throw new ModelUnreadable(`Its images have ${side} pixels per side; the limit is ${modelLimits.side}.`);
  const channels = (layout === "channelsLast" ? last : second4) as 1 | 3;
  return { name, layout, channels, side, batch };
}
