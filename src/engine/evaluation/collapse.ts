/**
 * The embedding spread r = √d · mean over dimensions of the sample standard deviation, over the batch, of the
 * l2-normalized embedding. About 1 for evenly spread directions, 0 if all embeddings are equal. A high r does not
 * prove that anything was learned.
 *
 * @param embeddings [batch, dimension], row-major, batch ≥ 2
 */
export function embeddingSpread(embeddings: Float32Array, dimension: number): number {
  const batch = embeddings.length / dimension;
  const scale = Float64Array.from({ length: batch }, (_, row) => {
    let squared = 0;
    for (let d = 0; d < dimension; d++) squared += (embeddings[row * dimension + d] as number) ** 2;
    return 1 / Math.max(Math.sqrt(squared), 1e-12);
  });
  let total = 0;
  for (let d = 0; d < dimension; d++) {
    const at = (row: number) => (embeddings[row * dimension + d] as number) * (scale[row] as number);
    let center = 0;
    for (let row = 0; row < batch; row++) center += at(row) / batch;
    let squares = 0;
    for (let row = 0; row < batch; row++) squares += (at(row) - center) ** 2;
    total += Math.sqrt(squares / (batch - 1));
  }
  return (Math.sqrt(dimension) * total) / dimension;
}
