import { type ResultMetric, type ResultRow, resultMetrics } from "../types";

const isOfClassifier = (metric: ResultMetric) => metric === "finalClassifier" || metric === "bestClassifier";

/** The accuracies that some row has: without labels, no network has a classifier of its own. */
export const shownMetrics = (rows: readonly ResultRow[]): readonly ResultMetric[] =>
  resultMetrics.filter((metric) => !isOfClassifier(metric) || rows.some(({ accuracy }) => accuracy[metric]));
