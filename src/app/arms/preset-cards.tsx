import { useMemo } from "react";
import { compactExperiment } from "../../protocol/codec";
import { parseExperiment } from "../../protocol/problems";
import { presets } from "../../store/presets";
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

function PresetCard({ preset, current }: { preset: (typeof presets)[number]; current: boolean }) {
  const words = texts().presets[preset.id];
  const { choosePreset: open } = useActions();
  return (
    <li>
      <button type="button" className="preset-card" aria-pressed={current} onClick={() => open(preset)}>
        <strong>{words.name}</strong>
        <span>{words.shows}</span>
        <span className="muted">{words.expect}</span>
      </button>
    </li>
  );
}
