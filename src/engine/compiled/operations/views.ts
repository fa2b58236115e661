import { baseOf, type Quantity } from "../graph/quantity";
import { roomBytes } from "../kernels/views/planes";
import { type RenderedViews, viewKernel } from "../kernels/views/view-kernel";
import { own, whole } from "../schedule/task";
import { type Build, input, type Operations, plain } from "./operation";

/** Units of work of a loop over items, at most: each needs room of its own. */
const mostUnits = 32;

const rendered: Build = (b, inputs, attributes) => {
  const views = attributes["views"] as RenderedViews;
  const { side, channels } = views;
  const [pixels, table] = [plain(b, input(inputs, "pixels")), plain(b, input(inputs, "table"))].map(
    baseOf,
  ) as [Quantity, Quantity];
  const made = b.opaque({
    label: "views",
    inputs: [pixels, table],
    shapes: [[views.views, side, side, channels]],
    lower: (lowering) => {
      const [from, words] = [lowering.flat(pixels), lowering.flat(table)];
      const out = lowering.defineFlat(made[0] as Quantity, "views");
      const split = lowering.rows(views.views) ?? { kind: "items", count: views.views };
      const room = roomBytes(views);
      const units = split.kind === "rows" ? split.chunks : mostUnits;
      const rooms = lowering.scratch("room for views", units * room);
      lowering.add({
        label: "views",
        split,
        reads: [whole(from), whole(words)],
        writes: [split.kind === "rows" ? own(out) : whole(out), own(rooms)],
        emit: ({ module, f, from: first, to, chunk, address }) => {
          address(from);
          address(words);
          address(rooms);
          f.get(chunk).i32(room).mul().add();
          address(out);
          f.get(first).get(to).call(viewKernel(module, views));
        },
      });
    },
  });
  return made;
};

export const viewOperations: Operations = { RetortRenderedViews: rendered };
