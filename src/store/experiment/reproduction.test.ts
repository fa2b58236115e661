import { expect, test } from "vitest";
import { learning, recordingOf, trained } from "./recorded-run.testing";
import { compareMetrics, compareWithRecording, verdictOf } from "./reproduction";

test("the same training reproduces its recording, also while it is running", () => {
  const recording = recordingOf(trained(learning));
  const whole = compareWithRecording(recording, trained(learning));
  expect(whole.compared).toBe(whole.recorded);
  expect(verdictOf(whole)).toBe("same");
  const half = compareWithRecording(recording, trained(learning, 100));
  expect(half.compared).toBeLessThan(half.recorded);
  expect(verdictOf(half)).toBe("same");
});

test("a deviation above the recording's rounding is not the same", () => {
  const recording = recordingOf(trained(learning));
  const verdict = (off: number) =>
    verdictOf(
      compareWithRecording(
        recording,
        trained((step) => learning(step) + off),
      ),
    );
  expect(verdict(0.0002)).toBe("close");
  expect(verdict(0.2)).toBe("differs");
  expect(verdictOf(compareWithRecording(recording, trained(learning, 0)))).toBe("nothing");
});

test("each metric has its own distances, which together are those of all", () => {
  const recording = recordingOf(trained(learning));
  const other = trained((step) => learning(step) + 0.1);
  const [knn, loss] = compareMetrics(recording, other);
  expect([knn?.metric, loss?.metric]).toEqual(["knnTop1", "studentLoss"]);
  expect(knn?.mean).toBeCloseTo(0.1, 3);
  expect(loss?.mean).toBeLessThan(0.0001);
  const whole = compareWithRecording(recording, other);
  expect((knn?.compared ?? 0) + (loss?.compared ?? 0)).toBe(whole.compared);
});
