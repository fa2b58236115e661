import type { Scheme } from "../protocol/experiment";
import type { MetricName } from "../protocol/metrics/metrics";
import { hasMutualTerms, methodOf, teacherOf } from "../protocol/schemes";

/**
 * The chart that a method is judged by: of networks that teach each other the peer's accuracy beside the student's, of a
 * student that imitates a classifier how often both agree, of other classifiers their own accuracy, otherwise nearest
 * neighbors.
 */
export function judgingMetric(scheme: Scheme): MetricName {
  const { hasClassifier } = methodOf(scheme);
  if (scheme.method === "detection") return "detectionAp";
  if (hasMutualTerms(scheme)) return "member2Top1";
  const teacher = teacherOf(scheme);
  if (hasClassifier && teacher.when !== "none" && teacher.by === "supervised") return "agreement";
  return hasClassifier ? "top1" : "knnTop1";
}
