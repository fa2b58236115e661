import { afterEach, expect, test } from "vitest";
import { studies } from "../../protocol/studies/studies";
import { speak } from "../../texts/texts";
import { inWords } from "./presets";
import { presetsOfStudy } from "./study-presets";

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
