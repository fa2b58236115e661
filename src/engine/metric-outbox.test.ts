import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { INITIAL_CREDIT } from "../protocol/messages";
import { batchOfRows, type MetricBatch } from "../protocol/metrics/metric-batch";
import { MetricOutbox } from "./metric-outbox";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const row = (step: number, runId = "a"): MetricBatch =>
  batchOfRows(runId, [
    { stage: "student", step, epoch: 0, wallMs: step, macs: 10 * step, values: { studentLoss: step / 2 } },
  ]);

function outboxOf() {
  const sent: MetricBatch[] = [];
  return { sent, outbox: new MetricOutbox((batch) => sent.push(batch)) };
}

const stepsOf = (sent: readonly MetricBatch[]) => sent.flatMap((batch) => [...batch.step]);

test("the first row is sent at once; rows in quick succession are sent together, in order", () => {
  const { sent, outbox } = outboxOf();
  for (let step = 1; step <= 5; step++) outbox.add(row(step));
  expect(stepsOf(sent)).toEqual([1]);
  vi.advanceTimersByTime(100);
  expect(sent).toHaveLength(2);
  expect(stepsOf(sent)).toEqual([1, 2, 3, 4, 5]);
});

test("a row after a pause is sent at once, even if the worker is too busy for timers", () => {
  const { sent, outbox } = outboxOf();
  outbox.add(row(1));
  outbox.add(row(2));
  vi.spyOn(performance, "now").mockReturnValue(performance.now() + 5_000);
  outbox.add(row(3));
  expect(stepsOf(sent)).toEqual([1, 2, 3]);
  vi.restoreAllMocks();
});

test("without credit nothing is sent and nothing is lost", () => {
  const { sent, outbox } = outboxOf();
  for (let step = 1; step <= 20; step++) {
    outbox.add(row(step));
    vi.advanceTimersByTime(100);
  }
  expect(sent).toHaveLength(INITIAL_CREDIT);
  outbox.grant(1);
  vi.advanceTimersByTime(100);
  expect(stepsOf(sent)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
});

test("later events never overtake rows: a flush sends them regardless of credit", () => {
  const { sent, outbox } = outboxOf();
  for (let i = 0; i <= INITIAL_CREDIT; i++) outbox.add(row(i, `run ${i}`));
  outbox.flush();
  expect(sent.map(({ runId }) => runId)).toEqual(["run 0", "run 1", "run 2", "run 3", "run 4"]);
  vi.advanceTimersByTime(1_000);
  expect(sent).toHaveLength(5);
});
