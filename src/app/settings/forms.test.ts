import { expect, test } from "vitest";
import { defaultDataset, defaultExperiment, type Experiment } from "../../protocol/experiment";
import { knobAt, placeOf, type SettingGroup, settingGroups } from "../../protocol/settings/settings";
import {
  drawnForm,
  evaluationForm,
  filesForm,
  networksForm,
  optimizerForm,
  sharedForm,
  startForm,
  viewForm,
} from "./forms";

/** Settings whose control is elsewhere, next to what it determines. */
const apart = [
  ["dataset", "unlabelled"],
  ["dataset", "unlabelledFor"],
  ["dataset", "seed"],
  ["arms", 0, "name"],
  ["arms", 0, "start", "from"],
];

test("every setting is in exactly one form, and every line of a form is a setting", () => {
  const shapes = defaultExperiment();
  const others = (["textures", "files"] as const).map((source) => ({
    ...shapes,
    dataset: defaultDataset(source),
  }));
  const [textures, files] = others as [Experiment, Experiment];
  const view = { ...shapes.views.first, policy: "randAugment" as const };
  const forms = [
    { experiment: shapes, paths: [...drawnForm, ...apart] },
    { experiment: textures, paths: [...drawnForm, ...apart.slice(0, 3)] },
    { experiment: files, paths: [...filesForm, ...apart.slice(0, 3)] },
    {
      experiment: shapes,
      paths: [
        ...sharedForm,
        ...evaluationForm,
        ...networksForm(0),
        ...startForm(0),
        ...optimizerForm(0),
        ...viewForm(["views"], "first", view),
      ],
    },
  ];
  const shown = new Set<string>();
  for (const { experiment, paths } of forms) {
    for (const path of paths) {
      const place = placeOf(path, experiment);
      if (!place || !("group" in place) || !knobAt(place)) throw new Error(`${path.join(".")} is no setting`);
      const name = `${place.group}.${place.name}`;
      expect(shown, name).not.toContain(name);
      shown.add(name);
    }
  }
  const all = (Object.keys(settingGroups) as SettingGroup[]).flatMap((group) =>
    Object.keys(settingGroups[group]).map((name) => `${group}.${name}`),
  );
  expect([...shown].sort()).toEqual(all.sort());
});
