/** One arm trained with one seed. */
export type RunId = string;
