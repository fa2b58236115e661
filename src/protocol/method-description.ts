/** What the page says of a scheme. Its settings are in `scheme-knobs.ts`. */

export interface Paper {
  readonly title: string;
  readonly authors: string;
  readonly year: number;
  readonly arxiv?: string;
}

export interface MethodDescription {
  readonly name: string;
  readonly summary: string;
  readonly paper?: Paper;
  /** Where sources are silent or disagree, and what is done here. */
  readonly caveats: readonly string[];
  /** What is trained, one after the other. "joint" trains teacher and student in the same steps. */
  readonly stages: readonly ("teacher" | "student" | "joint")[];
  readonly needsLabels: boolean;
}
