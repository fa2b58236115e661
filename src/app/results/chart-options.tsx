import { Popover, Slider } from "radix-ui";
import { type ReactNode, useId } from "react";
import { paperLines } from "../../protocol/studies/paper-lines";
import type { Band, Scale } from "../../store/view-settings";
import { useActions, useApp } from "../app-context";
import { Segmented } from "../controls/segmented";

const scales: readonly { readonly value: Scale; readonly label: string }[] = [
  { value: "linear", label: "Linear" },
  { value: "log", label: "Log" },
];
const bands: readonly { readonly value: Band; readonly label: string; readonly title: string }[] = [
  { value: "deviation", label: "SD", title: "± sample standard deviation over seeds" },
  { value: "error", label: "SE", title: "± standard error of the mean over seeds" },
  { value: "interval", label: "95 %", title: "95 % t-interval of the mean" },
  { value: "range", label: "Min–max", title: "From the least to the greatest seed" },
  { value: "none", label: "None", title: "The mean alone" },
];
const seeds = [
  { value: "mean", label: "Mean of seeds" },
  { value: "each", label: "Each seed" },
] as const;

const layouts = [
  { value: "together", label: "On one chart" },
  { value: "apart", label: "One chart each" },
] as const;

/** How curves are drawn; nothing here changes what was measured. */
export function ChartOptions() {
  const view = useApp((state) => state.view);
  const { setView } = useActions();
  const id = useId();
  return (
    <Popover.Root>
      <Popover.Trigger className="button button-small">Chart options</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label="Chart options"
          className="popover chart-options"
          align="end"
          sideOffset={4}
          collisionPadding={12}
        >
          <Option name="Vertical axis">
            <Segmented
              label="Vertical axis"
              value={view.yScale}
              options={scales}
              onChange={(yScale) => setView({ yScale })}
            />
          </Option>
          <Option name="Horizontal axis">
            <Segmented
              label="Scale of the horizontal axis"
              value={view.xScale}
              options={scales}
              onChange={(xScale) => setView({ xScale })}
            />
          </Option>
          <Option name="Arms">
            <Segmented
              label="Arms"
              value={view.layout}
              options={layouts}
              onChange={(layout) => setView({ layout })}
            />
          </Option>
          <Option name="Seeds">
            <Segmented
              label="Seeds"
              value={view.seeds}
              options={seeds}
              onChange={(each) => setView({ seeds: each })}
            />
          </Option>
          <Option name="Band">
            <Segmented
              label="Band"
              value={view.band}
              options={bands}
              onChange={(band) => setView({ band })}
            />
          </Option>
          <Option name="Smoothing">
            <span className="field-control">
              <Slider.Root
                className="slider"
                min={0}
                max={0.99}
                step={0.01}
                value={[view.smoothing]}
                onValueChange={([smoothing = 0]) => setView({ smoothing })}
              >
                <Slider.Track className="slider-track">
                  <Slider.Range className="slider-range" />
                </Slider.Track>
                <Slider.Thumb className="slider-thumb" aria-label="Smoothing" aria-describedby={id} />
              </Slider.Root>
              <output className="slider-value">{view.smoothing.toFixed(2)}</output>
            </span>
          </Option>
          <PaperFigures />
          <p id={id} className="small muted">
            Smoothing is a debiased running mean that keeps this share of itself; hover values are smoothed,
            saved files are not.
          </p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Lines of a paper's own figures: another dataset at another size, so never more than a landmark. */
function PaperFigures() {
  const chosen = useApp((state) => state.view.paperLines);
  const { showPaperLines } = useActions();
  const setting = paperLines.find(({ id }) => id === chosen)?.setting;
  const names = [...new Set(paperLines.map(({ study }) => study))];
  return (
    <>
      <label className="chart-option">
        <span>Papers' figures</span>
        <select
          className="input"
          value={chosen ?? ""}
          onChange={({ target }) => showPaperLines(target.value || undefined)}
        >
          <option value="">None</option>
          {names.map((name) => (
            <optgroup key={name} label={name}>
              {paperLines
                .filter(({ study }) => study === name)
                .map(({ id, label }) => (
                  <option key={id} value={id}>
                    {label}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </label>
      {setting && (
        <p className="small muted">
          The paper's: {setting}. Drawn on charts of linear and classifier accuracy; not comparable with what
          is measured here.
        </p>
      )}
    </>
  );
}

function Option({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="chart-option">
      <span>{name}</span>
      {children}
    </div>
  );
}
