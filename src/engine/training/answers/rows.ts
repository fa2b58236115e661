/** One tensor of the answers to a batch: [rows · batch, length], the rows of the first view first. */
export interface AnswerShape {
  readonly rows: number;
  readonly length: number;
}

/** Numbers in the answer to the views of one image. */
export const lengthOf = (shapes: readonly AnswerShape[]): number =>
  shapes.reduce((sum, { rows, length }) => sum + rows * length, 0);

/** The answers of some tensors, image by image: [batch, length]. */
export function byImage(
  tensors: readonly Float32Array[],
  shapes: readonly AnswerShape[],
  batch: number,
): Float32Array<ArrayBuffer> {
  const found = new Float32Array(lengthOf(shapes) * batch);
  eachRow(shapes, batch, (tensor, inTensor, length, at) => {
    found.set((tensors[tensor] as Float32Array).subarray(inTensor, inTensor + length), at);
  });
  return found;
}

/** The same answers as tensors again. */
export function asTensors(
  answers: Float32Array,
  shapes: readonly AnswerShape[],
  batch: number,
): readonly Float32Array<ArrayBuffer>[] {
  const tensors = shapes.map(({ rows, length }) => new Float32Array(rows * batch * length));
  eachRow(shapes, batch, (tensor, inTensor, length, at) => {
    tensors[tensor]?.set(answers.subarray(at, at + length), inTensor);
  });
  return tensors;
}

/** Visits every row: where it begins in its tensor, its length, and where it begins among the answers by image. */
function eachRow(
  shapes: readonly AnswerShape[],
  batch: number,
  visit: (tensor: number, inTensor: number, length: number, byImage: number) => void,
): void {
  const total = lengthOf(shapes);
  let before = 0;
  for (const [tensor, { rows, length }] of shapes.entries()) {
    for (let row = 0; row < rows; row++) {
      for (let image = 0; image < batch; image++) {
        visit(tensor, (row * batch + image) * length, length, image * total + before);
      }
      before += length;
    }
  }
}
