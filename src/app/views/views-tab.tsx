import { Tabs } from "radix-ui";
import { augmentationPolicies, type HueSpace } from "../../protocol/experiment";
import type { FieldPath } from "../../protocol/field-path";
import type { FieldName } from "../../series/setting-words";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { type Option, SelectField } from "../controls/select-field";
import { SliderField, type SliderLimits } from "../controls/slider-field";
import { fieldText } from "../field-texts";
import { RecipePresets } from "./recipe-presets";
import { ViewsPreview } from "./views-preview";

const unit: SliderLimits = { min: 0, max: 1, step: 0.05 };

/** In the order in which they are applied. */
const knobs: readonly (readonly [name: FieldName, limits: SliderLimits])[] = [
  ["scale", { min: 0.02, max: 1, step: 0.02 }],
  ["rotation", { min: 0, max: 45, step: 5 }],
  ["flipProbability", unit],
  ["jitterProbability", unit],
  ["brightness", unit],
  ["contrast", unit],
  ["saturation", unit],
  ["hue", { min: 0, max: 0.5, step: 0.05 }],
  ["grayscaleProbability", unit],
  ["blurProbability", unit],
  ["blurSigma", { min: 0.05, max: 4, step: 0.05 }],
  ["solarizeProbability", unit],
];

const hueOptions = [
  { value: "yiq", label: "YIQ" },
  { value: "hsv", label: "HSV" },
] as const satisfies readonly Option<HueSpace>[];

const sides = ["first", "second"] as const;

/** Whole-image operations of a view; how many and how strong only where they are drawn. */
function PolicyFields({ side }: { side: "first" | "second" }) {
  const policy = useApp((state) => state.experiment.views[side].policy);
  const words = texts().views.policies;
  const field = (name: string): FieldPath => ["views", side, name];
  const options = augmentationPolicies.map((value) => ({ value, label: words[value] }));
  return (
    <>
      <SelectField path={field("policy")} text={fieldText("policy")} options={options} />
      {policy === "randAugment" && (
        <>
          <SliderField
            path={field("randAugmentOperations")}
            text={fieldText("randAugmentOperations")}
            limits={{ min: 1, max: 3, step: 1 }}
          />
          <SliderField
            path={field("randAugmentMagnitude")}
            text={fieldText("randAugmentMagnitude")}
            limits={{ min: 0, max: 30, step: 1 }}
          />
        </>
      )}
    </>
  );
}

/** How the two views of an image are made, with what becomes of some images. */
export function ViewsTab() {
  const words = texts().views;
  return (
    <>
      <ViewsPreview />
      <RecipePresets />
      <Tabs.Root defaultValue="first">
        <Tabs.List className="tabs-list" aria-label={words.viewToChange}>
          {sides.map((value) => (
            <Tabs.Trigger key={value} value={value}>
              {words.sides[value]}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {sides.map((value) => (
          <Tabs.Content key={value} value={value}>
            {knobs.map(([name, limits]) => (
              <SliderField key={name} path={["views", value, name]} text={fieldText(name)} limits={limits} />
            ))}
            <SelectField
              path={["views", value, "hueSpace"]}
              text={fieldText("hueSpace")}
              options={hueOptions}
            />
            <PolicyFields side={value} />
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </>
  );
}
