import { Tabs } from "radix-ui";
import type { HueSpace } from "../../protocol/experiment";
import { type Option, SelectField } from "../controls/select-field";
import { SliderField, type SliderLimits } from "../controls/slider-field";
import { type FieldText, fieldTexts } from "../field-texts";
import { RecipePresets } from "./recipe-presets";
import { ViewsPreview } from "./views-preview";

const unit: SliderLimits = { min: 0, max: 1, step: 0.05 };

/** In the order in which they are applied. */
const knobs: readonly (readonly [name: string, text: FieldText, limits: SliderLimits])[] = [
  ["scale", fieldTexts.scale, { min: 0.02, max: 1, step: 0.02 }],
  ["flipProbability", fieldTexts.flipProbability, unit],
  ["jitterProbability", fieldTexts.jitterProbability, unit],
  ["brightness", fieldTexts.brightness, unit],
  ["contrast", fieldTexts.contrast, unit],
  ["saturation", fieldTexts.saturation, unit],
  ["hue", fieldTexts.hue, { min: 0, max: 0.5, step: 0.05 }],
  ["grayscaleProbability", fieldTexts.grayscaleProbability, unit],
  ["blurProbability", fieldTexts.blurProbability, unit],
  ["blurSigma", fieldTexts.blurSigma, { min: 0.05, max: 4, step: 0.05 }],
  ["solarizeProbability", fieldTexts.solarizeProbability, unit],
];

const hueOptions = [
  { value: "yiq", label: "YIQ" },
  { value: "hsv", label: "HSV" },
] as const satisfies readonly Option<HueSpace>[];

const sides = [
  { value: "first", label: "First view v" },
  { value: "second", label: "Second view v′" },
] as const;

/** How the two views of an image are made, with what becomes of some images. */
export function ViewsTab() {
  return (
    <>
      <ViewsPreview />
      <RecipePresets />
      <Tabs.Root defaultValue="first">
        <Tabs.List className="tabs-list" aria-label="View to change">
          {sides.map(({ value, label }) => (
            <Tabs.Trigger key={value} value={value}>
              {label}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {sides.map(({ value }) => (
          <Tabs.Content key={value} value={value}>
            {knobs.map(([name, text, limits]) => (
              <SliderField key={name} path={["views", value, name]} text={text} limits={limits} />
            ))}
            <SelectField
              path={["views", value, "hueSpace"]}
              text={fieldTexts.hueSpace}
              options={hueOptions}
            />
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </>
  );
}
