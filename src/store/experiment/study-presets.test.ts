import { afterEach, expect, test } from "vitest";
import { findingRecords } from "../../protocol/findings/findings";
import { guides } from "../../protocol/guides/guides";
import { studies } from "../../protocol/studies/studies";
import { experimentOf } from "../../protocol/valid-experiment.testing";
import { speak, texts } from "../../texts/texts";
import { inWords, presets } from "./presets";
import { presetById, presetsOfStudy } from "./study-presets";

afterEach(() => speak("en"));

const namesOf = () =>
  studies.map((study) =>
    presetsOfStudy(study).map((size) => inWords(size).experiment.arms?.map(({ name }) => name)),
  );

test("in German the studies' arms have German names, which stay distinct", async () => {
  const english = namesOf();
  await speak("de");
  const german = namesOf();
  expect(german.flat(2)).toContain("Vortrainiert × 4");
  for (const names of german.flat()) expect(new Set(names).size).toBe(names?.length ?? 0);
  // Apart from names of methods, networks and datasets, everything is translated.
  const left = new Set(german.flat(2).filter((name) => english.flat(2).includes(name)));
  for (const word of ["Small teacher", "Pretrained", "Ready", "Noise", "All images"])
    expect(left).not.toContain(word);
});

const openable = () =>
  [...presets, ...studies.flatMap(presetsOfStudy), ...guides, ...findingRecords].map(({ id }) => ({
    id,
    experiment: experimentOf(presetById(id)?.experiment ?? {}),
  }));

test("whatever can be opened normalizes in groups of 32 images or more, or whole batches", () => {
  const groups = openable().flatMap(({ id, experiment: { arms, batchSize } }) =>
    arms.flatMap(({ scheme }) =>
      "normGroups" in scheme ? [{ id, images: batchSize / scheme.normGroups, batchSize }] : [],
    ),
  );
  expect(groups).not.toEqual([]);
  for (const { id, images, batchSize } of groups)
    expect(images, id).toBeGreaterThanOrEqual(Math.min(batchSize, 32));
});

test("whatever can be opened measures its curves on validation images, its linear classifier fitted to the end", () => {
  const bySgd = openable().flatMap(({ id, experiment }) => {
    const { part, probe } = experiment.evaluation;
    expect(part, id).toBe("validation");
    return probe === "sgd" ? [id] : [];
  });
  // They ask which rate the papers' probe wants.
  expect(bySgd).toEqual(["s2bnn-baseline", "s2bnn-baseline-full", "probe-rates"]);
});

test.each(["en", "de"] as const)(
  "texts of presets state no measured accuracies, which stand in recorded comparisons: %s",
  async (language) => {
    await speak(language);
    for (const { expect: expected } of Object.values(texts().presets))
      expect(expected).not.toMatch(/\d\s*(%|points|pp|Punkte)/);
  },
);
