import { useMemo } from "react";
import { compactExperiment } from "../../protocol/links/codec";
import { parseExperiment } from "../../protocol/problems";
import { inWords, type Preset, presets } from "../../store/experiment/presets";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";

function compactOf(preset: Preset): string {
  const parsed = parseExperiment(preset.experiment);
  return parsed.ok ? JSON.stringify(compactExperiment(parsed.experiment)) : "";
}

/** Experiments to start from; the current one is marked until a setting is changed. */
export function PresetCards() {
  const experiment = useApp((state) => state.experiment);
  // Rendered again when the language changes.
  const spoken = useMemo(
    () => presets.map(inWords).map((preset) => ({ preset, compact: compactOf(preset) })),
    [],
  );
  const current = useMemo(() => JSON.stringify(compactExperiment(experiment)), [experiment]);
  return (
    <ul className="preset-cards" aria-label={texts().arms.presets}>
      {spoken.map(({ preset, compact }) => (
        <PresetCard key={preset.id} preset={preset} current={compact === current} />
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
