import { type ReactNode, useId } from "react";
import { paperLines } from "../../protocol/studies/paper-lines";
import type { Band, Scale } from "../../store/view-settings";
import { fixedDigits } from "../../texts/numbers";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";
import { PlainSlider } from "../controls/plain-slider";
import { PopoverButton } from "../controls/popover-button";
import { Segmented } from "../controls/segmented";

const scales: readonly Scale[] = ["linear", "log"];
const bands: readonly Band[] = ["deviation", "error", "interval", "range", "none"];
const seeds = ["mean", "each"] as const;
const layouts = ["together", "apart"] as const;

const named = <Value extends string>(values: readonly Value[], labels: Readonly<Record<Value, string>>) =>
  values.map((value) => ({ value, label: labels[value] }));

/** Options for drawing curves; they do not change any measurement. */
export function ChartOptions() {
  const view = useApp((state) => state.view);
  const { setView } = useActions();
  const words = texts().chartOptions;
  const id = useId();
  return (
    <PopoverButton title={words.title} className="chart-options">
      <Option name={words.verticalAxis}>
        <Segmented
          label={words.verticalAxis}
          value={view.yScale}
          options={named(scales, words.scales)}
          onChange={(yScale) => setView({ yScale })}
        />
      </Option>
      <Option name={words.horizontalAxis}>
        <Segmented
          label={words.horizontalScale}
          value={view.xScale}
          options={named(scales, words.scales)}
          onChange={(xScale) => setView({ xScale })}
        />
      </Option>
      <Option name={words.arms}>
        <Segmented
          label={words.arms}
          value={view.layout}
          options={named(layouts, words.layouts)}
          onChange={(layout) => setView({ layout })}
        />
      </Option>
      <Option name={words.seeds}>
        <Segmented
          label={words.seeds}
          value={view.seeds}
          options={named(seeds, words.seedChoices)}
          onChange={(each) => setView({ seeds: each })}
        />
      </Option>
      <Option name={words.band}>
        <Segmented
          label={words.band}
          value={view.band}
          options={bands.map((value) => ({ value, ...words.bands[value] }))}
          onChange={(band) => setView({ band })}
        />
      </Option>
      <Option name={words.smoothing}>
        <span className="field-control">
          <PlainSlider
            label={words.smoothing}
            value={view.smoothing}
            shown={fixedDigits(view.smoothing, 2)}
            onChange={(smoothing) => setView({ smoothing })}
            describedBy={id}
            min={0}
            max={0.99}
            step={0.01}
          />
        </span>
      </Option>
      <PaperFigures />
      <p id={id} className="small muted">
        {words.smoothingHelp}
      </p>
    </PopoverButton>
  );
}

/** Reference lines from a paper: different dataset and size, so they are only a rough guide. */
function PaperFigures() {
  const chosen = useApp((state) => state.view.paperLines);
  const { showPaperLines } = useActions();
  const setting = paperLines.find(({ id }) => id === chosen)?.setting;
  const words = texts().chartOptions;
  const names = [...new Set(paperLines.map(({ study }) => study))];
  return (
    <>
      <label className="chart-option">
        <span>{words.papers}</span>
        <select
          className="input"
          value={chosen ?? ""}
          onChange={({ target }) => showPaperLines(target.value || undefined)}
        >
          <option value="">{words.noPaper}</option>
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
      {setting && <p className="small muted">{words.ofPaper(setting)}</p>}
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
