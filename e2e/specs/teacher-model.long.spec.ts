import { readFileSync, rmSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { DrivenPage } from "../driven-page/driven-page";
import { passToHub } from "../driven-page/hub-passage";
import { savedExperiment } from "../driven-page/saved-experiment";
import { giveTeacher } from "../driven-page/teaching";
import { largeModels, writeLargeOnnx } from "../fixtures/large-model";
import { addressOf, fewShapes, smallest } from "../fixtures/tiny-experiments";
import { startModelHub } from "../hub/model-hub";
import { observeDuring, watch } from "../streaming/observe";

/** The largest acceptable delay of a response to input, in milliseconds. */
const answered = 50;

const mebibyte = 1024 ** 2;

/** Opens an experiment that a model can teach. */
async function opened(page: Page) {
  await watch(page);
  const driven = new DrivenPage(page);
  const arm = { name: "Taught", scheme: { method: "seed", queue: 40 }, student: smallest, steps: 6 } as const;
  await driven.open(addressOf({ dataset: fewShapes, arms: [arm] }));
  await expect(driven.sentence).toHaveText(/^Ready/);
  return { driven, experiment: await savedExperiment(driven) };
}

test.describe("while the page takes a model of 400 MB, its main thread has no long task:", () => {
  test.beforeEach(() => test.setTimeout(600_000));
  test.afterEach(({ browserName: _ }, info) =>
    rmSync(info.outputPath("large"), { recursive: true, force: true }),
  );

  for (const [kind, write] of Object.entries(largeModels)) {
    test(kind, async ({ page, browser }, info) => {
      const { driven, experiment } = await opened(page);
      const path = write(info.outputPath("large"));
      const taken = await observeDuring(browser, page, () => giveTeacher(driven, experiment, { path }));
      // Measured in CPU time, since wall time depends on other load.
      expect(taken.longestBusy).toBeLessThan(answered);
    });
  }

  test("one of the hub", async ({ page, browser }, info) => {
    const { driven, experiment } = await opened(page);
    const hub = await startModelHub("hf_secret");
    hub.publish("somebody/large", {
      "model.onnx": new Uint8Array(readFileSync(writeLargeOnnx(info.outputPath("large")))),
    });
    await passToHub(page.context(), { endpoint: hub.address });
    const wanted = { hub: { repository: "somebody/large", path: "model.onnx" } };
    const fetched = await observeDuring(browser, page, () => giveTeacher(driven, experiment, wanted));
    expect(fetched.longestBusy).toBeLessThan(answered);
    await hub.close();
  });

  test("one above the limit, which is refused", async ({ page, browser }, info) => {
    const { driven, experiment } = await opened(page);
    const path = writeLargeOnnx(info.outputPath("large"), 160 * mebibyte);
    const refused = await observeDuring(browser, page, () =>
      expect(giveTeacher(driven, experiment, { path })).rejects.toThrow(
        /has 54\d MiB; the limit is 512 MiB\./,
      ),
    );
    expect(refused.longestBusy).toBeLessThan(answered);
  });
});
