import { expect, test } from "vitest";
import { batchOfRows } from "../../protocol/metrics/metric-batch";
import type { MetricRow } from "../../protocol/metrics/metrics";
import { type SentToPage, sentFromJson, sentToJson } from "./sent-to-page";

const rows: readonly MetricRow[] = [
  { stage: "teacher", step: 0, epoch: 0, wallMs: 0, macs: 0, values: { teacherKnnTop1: 0.5 } },
  {
    stage: "student",
    step: 3,
    epoch: 0.5,
    wallMs: 7.5,
    macs: 2 ** 50,
    values: { studentLoss: 1.25, tau: 0.9 },
  },
];
const sent: SentToPage = {
  rows: [batchOfRows("0-1", rows), batchOfRows("1-1", rows.slice(1))],
  events: [
    { type: "run-finished", runId: "0-1", final: { knnTop1: 0.4, linearTop1: 0.5, linearLearningRate: 1 } },
  ],
};

test("rows and events are read as they were written", () => {
  const json = sentToJson(sent);
  expect(sentFromJson(json)?.events).toEqual(sent.events);
  expect(sentFromJson(json)?.rows).toEqual(sent.rows);
});

test("an earlier page's lists of rows are read as the same batches", () => {
  const before = JSON.stringify({
    rows: [
      ["0-1", rows],
      ["1-1", rows.slice(1)],
    ],
    events: sent.events,
  });
  expect(sentFromJson(before)).toEqual(sent);
});

test("anything else is refused", () => {
  for (const json of [
    "",
    "{}",
    '{"rows":[{"runId":"0-1"}],"events":[]}',
    '{"rows":[["0-1",[{}]]],"events":[]}',
  ]) {
    expect(sentFromJson(json)).toBeUndefined();
  }
});
