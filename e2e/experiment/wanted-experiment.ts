import { basename } from "node:path";
import type { Experiment } from "../../src/protocol/experiment";
import { openingExperiment } from "../../src/protocol/presets";
import { studies } from "../../src/protocol/studies/studies";
import { presets } from "../../src/store/experiment/presets";
import { presetById } from "../../src/store/experiment/study-presets";
import { completed, readExperiment } from "./fragment";

/** The words of a command that say what to train. */
export interface WantedExperiment {
  /** A link to the page, its fragment alone, or the path of an experiment's JSON. Absent: the page's default. */
  readonly experiment?: string;
  /** One of the page's presets, by its id. */
  readonly preset?: string;
  /** A folder of class folders, or a zip file of one. */
  readonly data?: string;
}

/** @throws Error with a message for the terminal */
export function wantedExperiment({ experiment, preset, data }: WantedExperiment): Experiment {
  const wanted = preset === undefined ? experiment && readExperiment(experiment) : ofPreset(preset);
  const chosen = wanted || openingExperiment();
  const { resolution, seed, source } = chosen.dataset;
  if (data === undefined) {
    if (source === "files")
      throw new Error("This experiment trains on imported images: pass them with --data.");
    return chosen;
  }
  if (source === "files") return chosen;
  const name = basename(data).slice(0, 60);
  return completed({ ...chosen, dataset: { source: "files", name, resolution, seed } }, "The command line");
}

function ofPreset(id: string): Experiment {
  const preset = presetById(id);
  if (!preset) {
    const ids = [...presets, ...studies].map((one) => one.id).join(", ");
    throw new Error(`There is no preset ${id}. Presets are ${ids}; studies also exist as …-full.`);
  }
  return completed(preset.experiment, `The preset ${id}`);
}
