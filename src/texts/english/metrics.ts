import {
  metrics as described,
  type MetricDescription,
  type MetricName,
} from "../../protocol/metrics/metrics";

type MetricWords = Pick<MetricDescription, "label" | "meaning">;

/** English uses the labels and meanings stored in the protocol. */
export const metrics = Object.fromEntries(
  Object.entries(described).map(([name, { label, meaning }]) => [name, { label, meaning }]),
) as Readonly<Record<MetricName, MetricWords>>;
