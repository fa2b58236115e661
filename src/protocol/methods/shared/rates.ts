/**
 * Suggested rates (docs/methods.md §3), raised where runs of a few hundred steps need it. The schema has one default for
 * all methods, BYOL's, at which several fail.
 */
export interface Rates {
  readonly optimiser?: {
    readonly kind?: "adam";
    readonly learningRate?: number;
    readonly teacherLearningRate?: number;
    readonly weightDecay?: number;
  };
  readonly warmup?: number;
}

export const regressionRates: Rates = {};

/** Of MoCo-v2, SEED and CompRess: found on validation images (docs/search.md). At 1 the last two fail on Shapes. */
export const contrastRates: Rates = {
  optimiser: { learningRate: 0.3, teacherLearningRate: 0.3 },
  warmup: 0.1,
};

/** Of SimReg and DoGo: found on validation images (docs/search.md). */
export const searchedRates: Rates = {
  optimiser: { learningRate: 1, teacherLearningRate: 1 },
  warmup: 0.1,
};

export const labelRates: Rates = {
  optimiser: { learningRate: 0.2, teacherLearningRate: 0.2 },
  warmup: 0.1,
};

/** Of S2-BNN: found on validation images (docs/search.md). The published rate falls linearly and does not rise first. */
export const binaryRates: Rates = {
  optimiser: { kind: "adam", learningRate: 0.03, teacherLearningRate: 0.03, weightDecay: 0 },
  warmup: 0.3,
};

export const clusterRates: Rates = {
  optimiser: { learningRate: 0.1, teacherLearningRate: 0.1 },
  warmup: 0.1,
};
