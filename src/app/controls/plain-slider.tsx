import { Slider } from "radix-ui";

/**
 * A number used only by the page, not a setting of the experiment. The slider announces its value; the figure next to
 * it is visual only.
 */
export function PlainSlider({
  label,
  value,
  shown,
  onChange,
  describedBy,
  ...limits
}: {
  label: string;
  value: number;
  /** The value as announced. */
  shown: string;
  onChange: (value: number) => void;
  /** Id of a longer explanation. */
  describedBy?: string;
  min: number;
  max: number;
  step: number;
}) {
  return (
    <>
      <Slider.Root
        className="slider"
        {...limits}
        value={[value]}
        onValueChange={([next]) => next !== undefined && onChange(next)}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb
          className="slider-thumb"
          aria-label={label}
          aria-valuetext={shown}
          aria-describedby={describedBy}
        />
      </Slider.Root>
      <span className="slider-value" aria-hidden="true">
        {shown}
      </span>
    </>
  );
}
