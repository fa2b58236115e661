import { expect, test } from "vitest";
import { isLong } from "../commands/test-size";
import { runFuzz } from "./run-fuzz";

test("whatever a link or a file holds, it is opened or refused by name, and nothing else happens", () => {
  const { rows, failures } = runFuzz(isLong ? 10_000 : 1_000, 1);
  expect(failures).toEqual([]);
  const refused = [...rows.values()].reduce((sum, row) => sum + row.withFields, 0);
  expect(refused).toBeGreaterThan(100);
  expect(rows.get("link as it was made")).toMatchObject({ refused: 0 });
  expect(rows.get("file as it was made")).toMatchObject({ refused: 0 });
});
