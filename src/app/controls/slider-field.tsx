import { Slider } from "radix-ui";
import { useId } from "react";
import { significant } from "../../charts/format";
import type { FieldPath } from "../../protocol/field-path";
import { texts } from "../../texts/texts";
import type { FieldText } from "./field";
import { HelpTip } from "./help-tip";
import { useSetting } from "./use-setting";

export interface SliderLimits {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

interface Interval {
  readonly min: number;
  readonly max: number;
}

const isInterval = (value: unknown): value is Interval =>
  typeof value === "object" && value !== null && "min" in value && "max" in value;

const valueText = (value: number) => significant(Number(value.toFixed(3)), 6);
const shown = (value: string, { unit }: FieldText) => (unit ? `${value} ${unit}` : value);

/** A number of the experiment, or an interval with two thumbs, set by sliding. */
export function SliderField({
  path,
  text,
  limits,
}: {
  path: FieldPath;
  text: FieldText;
  limits: SliderLimits;
}) {
  const id = useId();
  const { value, take: set } = useSetting(path);
  const thumbs = isInterval(value) ? [value.min, value.max] : [Number(value)];
  const take = ([first = limits.min, second]: number[]) =>
    set(second === undefined ? first : { min: first, max: second });
  const thumbLabel = (at: number) =>
    thumbs.length === 1
      ? text.label
      : at === 0
        ? texts().settings.from(text.label)
        : texts().settings.to(text.label);
  return (
    <div className="field">
      <span className="field-label">
        {text.label}
        <HelpTip label={text.label} text={text.help} />
      </span>
      <span className="field-control">
        <Slider.Root className="slider" value={thumbs} onValueChange={take} {...limits}>
          <Slider.Track className="slider-track">
            <Slider.Range className="slider-range" />
          </Slider.Track>
          {thumbs.map((_, at) => (
            <Slider.Thumb
              // biome-ignore lint/suspicious/noArrayIndexKey: a thumb is identified by its index.
              key={at}
              className="slider-thumb"
              aria-label={thumbLabel(at)}
              aria-valuetext={shown(valueText(thumbs[at] ?? 0), text)}
              aria-describedby={id}
            />
          ))}
        </Slider.Root>
        <span className="slider-value" aria-hidden="true">
          {shown(thumbs.map(valueText).join("–"), text)}
        </span>
      </span>
      <span id={id} className="visually-hidden">
        {text.help}
      </span>
    </div>
  );
}
