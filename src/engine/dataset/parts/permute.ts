/**
 * Permutes records of equal length in place: the k-th record becomes the one that was at index
 * `order[k]`. Records missing from the order come last, in unspecified order.
 */
export function permuteRecords(block: Uint8Array, bytes: number, order: readonly number[]): void {
  const count = block.length / bytes;
  const wanted = new Set(order);
  const rest = Array.from({ length: count }, (_, record) => record).filter((record) => !wanted.has(record));
  const from = Int32Array.from([...order, ...rest]);
  if (wanted.size !== order.length || from.length !== count) {
    throw new RangeError("an order names each record at most once");
  }
  const held = new Uint8Array(bytes);
  for (let start = 0; start < count; start++) {
    if (from[start] === start) continue;
    // Follows one cycle: the record taken out at its start is put back at its end.
    held.set(block.subarray(start * bytes, (start + 1) * bytes));
    let to = start;
    for (let next = from[to] as number; next !== start; next = from[to] as number) {
      block.copyWithin(to * bytes, next * bytes, (next + 1) * bytes);
      from[to] = to;
      to = next;
    }
    block.set(held, to * bytes);
    from[to] = to;
  }
}
