import { expect, test } from "vitest";
import { isLong } from "../commands/test-size";
import { runFuzz } from "./run-fuzz";

test("any link or file is either opened or refused with the reason", () => {
  const { rows, failures } = runFuzz(isLong ? 10_000 : 1_000, 1);
  expect(failures).toEqual([]);
  const refused = [...rows.values()].reduce((sum, row) => sum + row.withFields, 0);
  expect(refused).toBeGreaterThan(100);
  expect(rows.get("link as it was made")).toMatchObject({ refused: 0 });
  expect(rows.get("file as it was made")).toMatchObject({ refused: 0 });
});
