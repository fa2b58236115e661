/**
 * Admits work up to a total amount; an item above the total is admitted when nothing else is in progress. First come,
 * first served. Resolves to the function that releases the amount.
 *
 * @throws RangeError for an amount that is not finite
 */
export function createBudget(total: number): (amount: number) => Promise<() => void> {
  let used = 0;
  const waiting: { readonly amount: number; readonly admit: () => void }[] = [];
  const admitNext = () => {
    for (let next = waiting[0]; next && (used === 0 || used + next.amount <= total); next = waiting[0]) {
      waiting.shift();
      used += next.amount;
      next.admit();
    }
  };
  return async (amount) => {
    // It would stay in use for good, and nothing else would ever be admitted.
    if (!Number.isFinite(amount)) throw new RangeError(`An amount is a finite number, not ${amount}.`);
    await new Promise<void>((admit) => {
      waiting.push({ amount, admit });
      admitNext();
    });
    let released = false;
    return () => {
      if (released) return;
      released = true;
      used -= amount;
      admitNext();
    };
  };
}
