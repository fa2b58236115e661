import { I32 } from "../assembler/function-writer";
import type { GraphBuilder } from "../graph/builder";
import { baseOf, type Quantity, sizeOf } from "../graph/quantity";
import { blocksOf, packBackward, packForward } from "../kernels/filters";
import { matrixProductKernel, packedMatrixBytes } from "../kernels/matrix-product";
import { type Buffer, own, type Split, whole } from "../schedule/task";
import { type Build, input, type Operations, plain, Uncompilable } from "./operation";

interface Product {
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
}

interface Factors {
  readonly a: Quantity;
  readonly b: Quantity;
  readonly bias?: Quantity;
  readonly aTransposed: boolean;
  readonly bTransposed: boolean;
}

/** A B, Aᵀ B or A Bᵀ, with a bias or not. */
function product(builder: GraphBuilder, { rows, columns, inner }: Product, factors: Factors): Quantity {
  const { aTransposed, bTransposed } = factors;
  const [a, b] = [factors.a, factors.b].map((factor) => baseOf(plain(builder, factor))) as [
    Quantity,
    Quantity,
  ];
  const bias = factors.bias && baseOf(plain(builder, factors.bias));
  const [made] = builder.opaque({
    label: "matrix product",
    inputs: [a, b, ...(bias ? [bias] : [])],
    shapes: [[rows, columns]],
    lower: (lowering) => {
      const [left, right] = [lowering.flat(a), lowering.flat(b)];
      const offset = bias && lowering.flat(bias);
      const packed = lowering.scratch("packed matrix", packedMatrixBytes(inner, columns));
      lowering.add({
        label: "pack matrix",
        split: { kind: "items", count: bTransposed ? blocksOf(columns) : 1 },
        reads: [whole(right)],
        writes: [whole(packed)],
        emit: ({ module, f, from, to, address }) => {
          address(right);
          address(packed);
          f.get(from).get(to);
          f.call(
            bTransposed
              ? packBackward(module, { taps: 1, from: columns, to: inner }, [0])
              : packForward(module, { taps: 1, from: inner, to: columns }),
          );
        },
      });
      const out = lowering.defineFlat(made as Quantity, "product");
      // Rows of a batch keep to themselves; a sum over the batch is shared by its own rows.
      const batch = aTransposed ? undefined : lowering.rows(rows);
      const split: Split = batch ?? { kind: "items", count: rows };
      const use = batch && a.shape[0] === rows ? own : whole;
      lowering.add({
        label: "matrix product",
        split,
        reads: [use(left), whole(packed), ...(offset ? [whole(offset)] : [])],
        writes: [batch ? own(out) : whole(out)],
        emit: ({ module, f, from, to, address }) => {
          address(left);
          address(packed);
          if (offset) address(offset);
          else f.i32(0);
          address(out);
          const spec = { rows, inner, columns, transposed: aTransposed, biased: offset !== undefined };
          f.get(from).get(to).call(matrixProductKernel(module, spec));
        },
      });
    },
  });
  return made as Quantity;
}

const products =
  (aTransposed: boolean, bTransposed: boolean): Build =>
  (builder, inputs, attributes) => {
    const [a, b] = [input(inputs, "a"), input(inputs, "b")];
    return [product(builder, attributes as unknown as Product, { a, b, aTransposed, bTransposed })];
  };

/** A product for each of a batch of matrices. */
const batchProduct: Build = (builder, inputs, { transposeA, transposeB }) => {
  const [a, b] = [plain(builder, input(inputs, "a")), plain(builder, input(inputs, "b"))];
  const batch = sizeOf(a.shape.slice(0, -2));
  if (sizeOf(b.shape.slice(0, -2)) !== batch) throw new Uncompilable("Products of unequally many matrices.");
  const [aTransposed, bTransposed] = [transposeA === true, transposeB === true];
  const [[aRows = 0, aColumns = 0], [bRows = 0, bColumns = 0]] = [a.shape.slice(-2), b.shape.slice(-2)];
  const [rows, inner] = aTransposed ? [aColumns, aRows] : [aRows, aColumns];
  const columns = bTransposed ? bRows : bColumns;
  const [left, right] = [baseOf(a), baseOf(b)];
  const [made] = builder.opaque({
    label: "matrix products",
    inputs: [left, right],
    shapes: [[...a.shape.slice(0, -2), rows, columns]],
    lower: (lowering) => {
      const [from, other] = [lowering.flat(left), lowering.flat(right)];
      const bytes = packedMatrixBytes(inner, columns);
      const packed = lowering.scratch("packed matrices", batch * bytes);
      const out = lowering.defineFlat(made as Quantity, "products");
      // Each item packs and multiplies by itself.
      lowering.add({
        label: "matrix products",
        split: { kind: "items", count: batch },
        reads: [whole(from), whole(other)],
        writes: [whole(packed), whole(out)],
        emit: ({ module, f, from: first, to, address }) => {
          const item = f.local(I32);
          const at = (buffer: Buffer, each: number) => {
            address(buffer);
            f.get(item).i32(each).mul().add();
          };
          f.range(item, first, to, () => {
            at(other, 4 * inner * columns);
            at(packed, bytes);
            f.i32(0).i32(bTransposed ? blocksOf(columns) : 1);
            f.call(
              bTransposed
                ? packBackward(module, { taps: 1, from: columns, to: inner }, [0])
                : packForward(module, { taps: 1, from: inner, to: columns }),
            );
            at(from, 4 * rows * inner);
            at(packed, bytes);
            f.i32(0);
            at(out, 4 * rows * columns);
            const spec = { rows, inner, columns, transposed: aTransposed, biased: false };
            f.i32(0).i32(rows).call(matrixProductKernel(module, spec));
          });
          f.release(I32, item);
        },
      });
    },
  });
  return [made as Quantity];
};

const dense: Build = (builder, inputs, attributes) => {
  const [a, b, bias] = [input(inputs, "x"), input(inputs, "weight"), input(inputs, "bias")];
  const factors = { a, b, bias, aTransposed: false, bTransposed: false };
  return [product(builder, attributes as unknown as Product, factors)];
};

export const matrixProducts: Operations = {
  RetortProduct: products(false, false),
  RetortProductByTransposed: products(false, true),
  RetortProductOfTransposed: products(true, false),
  RetortDense: dense,
  BatchMatMul: batchProduct,
};
