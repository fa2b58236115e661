import { expect, test } from "vitest";
import { defaultArm, defaultExperiment, schemeMethods } from "../protocol/experiment";
import { entriesOf } from "../store/experiment/changed-settings";
import { armSettingLabel, armValueText, settingInWords } from "./setting-words";

/** Files have a button instead of a labeled control. */
const withoutControl = /^(start\.(file|teacherFile)|model\.)/;

test("every setting of every method's arm has the label of a control", () => {
  for (const method of schemeMethods) {
    const arm = defaultArm(method);
    for (const [setting] of entriesOf(arm, "")) {
      if (withoutControl.test(setting)) continue;
      expect(armSettingLabel(setting, [arm]), `${method}: ${setting}`).not.toContain(".");
      expect(armSettingLabel(setting, [arm]), `${method}: ${setting}`).not.toBe(setting);
    }
  }
});

test("every setting outside the arms has a label, which names the view where there are two", () => {
  const experiment = defaultExperiment();
  const { arms: _, notes: __, ...shared } = experiment;
  for (const [setting] of entriesOf(shared, "")) {
    expect(settingInWords(setting, [experiment]).label, setting).not.toBe(setting);
  }
  expect(settingInWords("views.second.hue", [experiment]).label).toBe("Hue (Second view v′)");
});

test("an arm's setting names the arm, and its values are those of its control", () => {
  const experiment = defaultExperiment();
  const steps = settingInWords("arms.1.steps", [experiment]);
  expect(steps.label).toBe("Student steps (SimDis-Off)");
  expect(settingInWords("arms.0.scheme.method", [experiment]).value("simdis-off")).toBe("SimDis-Off");
  const more = settingInWords("arms.4", [
    experiment,
    { ...experiment, arms: [...experiment.arms, defaultArm("kd", "E")] },
  ]);
  expect([more.label, more.value("kd"), more.value("–")]).toEqual(["arm E", "Knowledge distillation", "–"]);
  expect(settingInWords("arms", [experiment]).label).toBe("arms");
  const kd = defaultArm("kd");
  expect(armValueText("optimiser.nesterov", "true", [kd])).toBe("on");
});
