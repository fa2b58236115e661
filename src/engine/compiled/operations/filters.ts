import type { ModuleWriter } from "../assembler/module-writer";
import type { LoweringContext, Quantity } from "../graph/quantity";
import { type FilterShape, joinGradient, packedBytes } from "../kernels/filters";
import type { Images } from "../lowering/forms";
import { type Buffer, whole } from "../schedule/task";

/** A filter's weights as a kernel reads them. */
export function packFilter(
  lowering: LoweringContext,
  filter: Quantity,
  bytes: number,
  count: number,
  kernel: (module: ModuleWriter) => number,
): Buffer {
  const from = lowering.flat(filter);
  const packed = lowering.scratch("packed filter", bytes);
  lowering.add({
    label: "pack filter",
    split: { kind: "items", count },
    reads: [whole(from)],
    writes: [whole(packed)],
    emit: ({ module, f, from: first, to, address }) => {
      address(from);
      address(packed);
      f.get(first).get(to).call(kernel(module));
    },
  });
  return packed;
}

interface GradientSums {
  readonly shape: FilterShape;
  readonly images: Images;
  readonly gradients: Images;
  readonly parts: number;
  readonly items: number;
  readonly out: Quantity;
  /** Of the room that the kernel takes for each thread, if any. */
  readonly roomBytes?: number;
  kernel(module: ModuleWriter): number;
}

/** A filter's gradient: the sums of parts of the batch, which are then added and laid out as the filter is. */
export function sumGradient(lowering: LoweringContext, sums: GradientSums): void {
  const { shape, images, gradients, items, roomBytes } = sums;
  const parts = lowering.scratch(
    "filter gradient",
    sums.parts * packedBytes(shape.taps, shape.from, shape.to),
  );
  const out = lowering.defineFlat(sums.out, "filter gradient");
  const room = roomBytes === undefined ? undefined : lowering.threadRooms("room for tiles", roomBytes);
  lowering.add({
    label: room ? "filter gradient, Winograd" : "filter gradient",
    split: { kind: "items", count: items },
    reads: [whole(images.buffer), whole(gradients.buffer)],
    writes: [parts, ...(room ? [room] : [])].map(whole),
    emit: ({ module, f, from, to, thread, address }) => {
      for (const buffer of [images.buffer, gradients.buffer, parts]) address(buffer);
      if (room) {
        address(room);
        f.get(thread)
          .i32(roomBytes as number)
          .mul()
          .add();
      }
      f.get(from).get(to).call(sums.kernel(module));
    },
  });
  lowering.add({
    label: "filter gradient, sum",
    split: { kind: "items", count: shape.taps * shape.from },
    reads: [whole(parts)],
    writes: [whole(out)],
    emit: ({ module, f, from, to, address }) => {
      address(parts);
      address(out);
      f.get(from)
        .get(to)
        .call(joinGradient(module, shape, sums.parts));
    },
  });
}
