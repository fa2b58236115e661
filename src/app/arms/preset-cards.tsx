import { useMemo } from "react";
import { compactExperiment } from "../../protocol/codec";
import { parseExperiment } from "../../protocol/problems";
import { type Preset, presets } from "../../store/presets";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";

const compact = new Map(
  presets.map(({ id, experiment }) => {
    const parsed = parseExperiment(experiment);
    return [id, parsed.ok ? JSON.stringify(compactExperiment(parsed.experiment)) : ""];
  }),
);

/** Experiments to begin with; the one that is shown is marked until a setting is changed. */
export function PresetCards() {
  const experiment = useApp((state) => state.experiment);
  const current = useMemo(() => JSON.stringify(compactExperiment(experiment)), [experiment]);
  return (
    <ul className="preset-cards" aria-label={texts().arms.presets}>
      {presets.map((preset) => (
        <PresetCard key={preset.id} preset={preset} current={compact.get(preset.id) === current} />
      ))}
    </ul>
  );
}

function PresetCard({ preset, current }: { preset: Preset; current: boolean }) {
  const { choosePreset: open } = useActions();
  return (
    <li>
      <button type="button" className="preset-card" aria-pressed={current} onClick={() => open(preset)}>
        <strong>{preset.name}</strong>
        <span>{preset.shows}</span>
        <span className="muted">{preset.expect}</span>
      </button>
    </li>
  );
}
