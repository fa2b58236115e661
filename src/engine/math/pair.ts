/** A pair of results for the two views v and v′ of a batch, usually [batch, d] each. */
export interface Pair<T> {
  readonly v: T;
  readonly vPrime: T;
  /** Both in one tensor, v first, if they were computed so. */
  readonly stacked?: T;
}
