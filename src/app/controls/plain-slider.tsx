import { Slider } from "radix-ui";

/** A number that only the page looks at, no setting of the experiment. The thumb says the value; the figure beside it is for the eyes. */
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
  /** The value as it is read. */
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
