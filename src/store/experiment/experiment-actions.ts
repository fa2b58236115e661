import { type FileEntry, parseReading, type Reading, writeReading } from "../../protocol/dataset";
import { type DatasetSettings, defaultDataset, type SchemeMethod } from "../../protocol/experiment";
import type { FieldPath } from "../../protocol/field-path";
import type { MetricName } from "../../protocol/metrics/metrics";
import { type FieldProblem, parseExperiment } from "../../protocol/problems";
import { filesKnobs } from "../../protocol/settings/data";
import { linkForOthers } from "../../sharing/address-bar";
import { type OpenedLink, openExperimentFile, recordingFits, type UnusableLink } from "../../sharing/link";
import { texts } from "../../texts/texts";
import { type AppState, type AppStore, experimentToShare, phaseOf, without } from "../app-store";
import { type Arrangement, toggleSlots } from "../arrangement";
import type { EngineActions } from "../engine-actions";
import { emptyGathering, type Gathering } from "../gathering";
import { type PagePart, showing, type ViewSettings } from "../view-settings";
import {
  addArm,
  type ColoredExperiment,
  changeMethod,
  changeSource,
  duplicateArm,
  type EditedArms,
  edit,
  moveArm,
  removeArm,
  withFreshSlots,
} from "./experiment-edits";
import { inWords, type Preset, presets } from "./presets";
import { recordRun } from "./recorded-run";

const MAX_NAME = 60;

const unknownPreset = (id: string): UnusableLink => ({
  title: texts().failures.unknownPreset.title,
  cause: texts().failures.unknownPreset.cause(id.slice(0, 40), presets.map((preset) => preset.id).join(", ")),
  action: texts().failures.unknownPreset.action,
  fields: [],
});

/** The visitor's actions on the experiment and its display. */
export function createExperimentActions(store: AppStore, engine: Pick<EngineActions, "load">) {
  const replace = (change: (state: ColoredExperiment) => ColoredExperiment) =>
    store.setState((state) => change(state));
  function replaceArms(edited: EditedArms): FieldProblem | undefined {
    if (!edited.ok) return edited.problem;
    const { experiment, armSlots } = edited;
    store.setState({ experiment, armSlots });
    return undefined;
  }
  const setView = (change: (view: ViewSettings) => ViewSettings) =>
    store.setState(({ view }) => ({ view: change(view) }));

  function openLink(link: OpenedLink): void {
    if (link.kind === "experiment") {
      const { experiment, recording, recordedIn = experiment } = link;
      const opened = {
        ...withFreshSlots(experiment),
        ...(recording && { recorded: { experiment: recordedIn, recording } }),
      };
      store.setState(
        (state): AppState => ({ ...without(state, "unusableLink", "recorded"), ...opened }),
        true,
      );
    } else if (link.kind === "unusable") store.setState({ unusableLink: link.link });
  }

  function choosePreset({ experiment: input }: Preset): void {
    const parsed = parseExperiment(input);
    if (parsed.ok) store.setState(withFreshSlots(parsed.experiment));
  }

  /** Records whether the loaded images differ from the author's. Returns their hash. */
  function compareWith(wanted: string | undefined): string | undefined {
    const hash = store.getState().dataset.loaded?.summary.hash;
    const differs = wanted !== undefined && hash !== undefined && wanted !== hash;
    store.setState(({ dataset }) => ({ dataset: { ...dataset, ...(differs && { differs }) } }));
    return hash;
  }

  let drops = 0;

  /** Decodes the visitor's files and, if they are a dataset, makes them the experiment's. */
  async function takeFiles(name: string, files: readonly FileEntry[], chosen?: string): Promise<void> {
    const { dataset } = store.getState().experiment;
    const { resolution, seed } = dataset;
    const wanted = hashOfAuthor(store.getState());
    const held = dataset.source === "files" ? dataset : defaultDataset("files");
    const { hash: _, hub: __, reading: authors, ...usual } = held;
    // Of a link to images that are not here yet, the author's way to read them is meant.
    const reading = chosen ?? (wanted === undefined ? undefined : authors);
    const shortName = name.slice(0, MAX_NAME) || "Images";
    const settings = { ...usual, rows: 0, name: shortName, resolution, seed, ...(reading && { reading }) };
    try {
      await engine.load(settings, files);
    } catch {
      return; // The dataset's state says why.
    }
    const hash = compareWith(wanted);
    const now = store.getState().experiment;
    const changed = changesMeant(settings, dataset, now.dataset);
    // The hash is of the images as they were read; changed settings have them read again.
    const named = hash !== undefined && Object.keys(changed).length === 0 && { hash };
    const edited = edit(now, ["dataset"], { ...settings, ...changed, ...named });
    if (edited.ok) store.setState({ experiment: edited.experiment });
  }

  /** Reads the files that were dropped last in another way. */
  async function readFilesAs(change: {
    readonly add?: Reading | undefined;
    readonly drop?: Reading | undefined;
  }): Promise<void> {
    const { experiment, dataset } = store.getState();
    const { refused, files } = dataset;
    const held = experiment.dataset.source === "files" ? experiment.dataset : undefined;
    const chosen = new Set(refused ? [] : parseReading(held?.reading));
    if (change.add) chosen.add(change.add);
    if (change.drop) chosen.delete(change.drop);
    const selection = refused ?? (held && files ? { name: held.name, files } : undefined);
    if (selection) await takeFiles(selection.name, selection.files, writeReading(chosen) ?? "");
  }

  /** A class that was dropped alone joins what was dropped before. */
  async function addRefused(): Promise<void> {
    const { earlier, refused } = store.getState().dataset;
    if (earlier && refused) await takeFiles(earlier.name, [...earlier.files, ...refused.files]);
  }

  return {
    readFilesAs,
    addRefused,
    /** Changes one setting, or returns why it cannot be changed. */
    set(path: FieldPath, value: unknown): FieldProblem | undefined {
      const edited = edit(store.getState().experiment, path, value);
      if (!edited.ok) return edited.problem;
      store.setState({ experiment: edited.experiment });
      return undefined;
    },
    addArm: (method: SchemeMethod) => replaceArms(addArm(store.getState(), method)),
    duplicateArm: (index: number) => replaceArms(duplicateArm(store.getState(), index)),
    moveArm: (from: number, to: number) => replace((state) => moveArm(state, from, to)),
    removeArm: (index: number) => replace((state) => removeArm(state, index)),
    changeMethod(index: number, method: SchemeMethod): FieldProblem | undefined {
      const edited = changeMethod(store.getState().experiment, index, method);
      if (!edited.ok) return edited.problem;
      store.setState({ experiment: edited.experiment });
      return undefined;
    },
    /** Copies networks and optimizer to all arms, so that only their schemes differ. */
    copyToAllArms: (index: number) =>
      store.setState(({ experiment }) => {
        const arm = experiment.arms[index];
        if (!arm) return {};
        const arms = experiment.arms.map(({ name, scheme }) => ({ ...arm, name, scheme }));
        return { experiment: { ...experiment, arms } };
      }),
    changeSource: (source: DatasetSettings["source"]) =>
      store.setState(({ experiment }) => ({ experiment: changeSource(experiment, source) })),
    /** Opens a preset by its id; an unknown id is reported, and the page stays usable. */
    async openPreset(id: string | undefined): Promise<void> {
      if (id === undefined) return;
      const own = presets.find((preset) => preset.id === id);
      if (own) return choosePreset(inWords(own));
      // The papers' studies are many, and used by few visitors.
      const { presetById } = await import("./study-presets");
      const preset = presetById(id);
      if (preset) choosePreset(inWords(preset));
      else store.setState({ unusableLink: unknownPreset(id) });
    },
    /** Opens a recorded comparison by its id: settings, curves and results. @param around see `open-record.ts` */
    async openRecord(id: string, around = true): Promise<void> {
      const { openRecord } = await import("../records/open-record");
      await openRecord(store, id, around);
    },
    choosePreset,
    openLink,
    /** Opens an experiment from a file. */
    openFile: (text: string) => openLink(openExperimentFile(text)),
    /** The visitor chose to open the valid part of a broken link. */
    openRepairedLink: () =>
      store.setState((state): AppState => {
        const repaired = state.unusableLink?.repaired;
        return without({ ...state, ...(repaired && withFreshSlots(repaired)) }, "unusableLink");
      }, true),
    dismissLink: () => store.setState((state): AppState => without(state, "unusableLink"), true),
    /** A link to the experiment as it is set now. */
    link: () => linkForOthers(store.getState().experiment),
    /** A link to the trained experiment, with its measurements. */
    recordedLink: () => {
      const state = store.getState();
      return linkForOthers(experimentToShare(state), recordRun(state.run, deviceOf(state), recordingFits));
    },
    /** @throws where the browser blocks the clipboard */
    copyLink: () => navigator.clipboard.writeText(linkForOthers(store.getState().experiment)),
    /** Restores the settings of the recorded curves; notes are kept. */
    setAsRecorded: () =>
      store.setState(({ recorded, experiment: { notes } }) =>
        recorded ? withFreshSlots({ ...recorded.experiment, notes }) : {},
      ),
    dismissRecording: () => store.setState((state): AppState => without(state, "recorded"), true),
    /** Like `takeFiles`, once the dropped files are listed. Of two drops, the later one counts. */
    async takeDropped(dropped: Promise<{ name: string; files: readonly FileEntry[] }>): Promise<void> {
      const drop = ++drops;
      store.setState(({ dataset }) => ({ dataset: { ...dataset, listing: true } }));
      const end = () => store.setState(({ dataset }) => ({ dataset: without(dataset, "listing") }));
      try {
        const { name, files } = await dropped;
        if (drop !== drops) return;
        end();
        // At once: whoever waited for the list waits for its files next.
        await takeFiles(name, files);
      } catch (error) {
        if (drop === drops) end();
        throw error;
      }
    },
    takeFiles,
    /** Fetches a dataset from the Hugging Face hub. @param rows per part, approximately; 0 fetches and keeps all */
    async fetchDataset(hub: string, name: string, rows: number): Promise<void> {
      const { dataset } = store.getState().experiment;
      const { resolution, seed } = dataset;
      const wanted = hashOfAuthor(store.getState());
      const { hash: _, ...usual } = dataset.source === "files" ? dataset : defaultDataset("files");
      const settings = { ...usual, hub, rows, name: name.slice(0, MAX_NAME) || hub, resolution, seed };
      const edited = edit(store.getState().experiment, ["dataset"], settings);
      if (!edited.ok) return;
      // The experiment refers to them from now on, so other loads in the meantime load these.
      store.setState(({ dataset: held }) => ({
        experiment: edited.experiment,
        dataset: { ...without(held, "files"), fetched: hub },
      }));
      try {
        await engine.load(settings, undefined);
      } catch {
        return; // The dataset's state says why.
      }
      compareWith(wanted);
    },
    /** Changes the images gathered one by one. @param nameOf names of the first classes */
    gather: (change: (gathering: Gathering) => Gathering, nameOf: (number: number) => string) =>
      store.setState(({ gathering = emptyGathering(nameOf) }) => ({ gathering: change(gathering) })),
    dismissDatasetFailure: () => store.setState(({ dataset }) => ({ dataset: without(dataset, "failure") })),
    setView: (change: Partial<ViewSettings>) => setView((view) => ({ ...view, ...change })),
    /** Brings a metric's chart into view and gives it the focus. */
    seekChart: (metric: MetricName) =>
      store.setState((state) => ({
        view: showing({ ...state.view, soughtChart: metric }, "curves", phaseOf(state)),
      })),
    chartFound: () => setView((view) => without(view, "soughtChart")),
    /** Brings a part of the page into view, with further changes of the view. */
    showPart: (part: PagePart, change: Partial<ViewSettings> = {}) =>
      store.setState((state) => ({ view: showing({ ...state.view, ...change }, part, phaseOf(state)) })),
    toggleSettings: () =>
      store.setState((state) => {
        const { settingsOpen } = state.view;
        const phase = phaseOf(state);
        return { view: { ...state.view, settingsOpen: { ...settingsOpen, [phase]: !settingsOpen[phase] } } };
      }),
    toggleArm: (slot: number) => setView((view) => ({ ...view, ...toggleSlots(view, [slot]) })),
    arrange: (change: (arrangement: Arrangement) => Partial<Arrangement>) =>
      setView((view) => ({ ...view, ...change(view) })),
    /** Groups by another setting, or not at all. */
    groupBy: (setting: string | undefined) =>
      setView((view) => ({
        ...without(view, "groupBy"),
        ...(setting !== undefined && { groupBy: setting }),
      })),
    showPaperLines: (id: string | undefined) =>
      setView((view) => ({ ...without(view, "paperLines"), ...(id !== undefined && { paperLines: id }) })),
  };
}

const deviceOf = ({ engine }: AppState) =>
  engine.status === "ready" ? engine.device.name : "an unknown device";

/** For images so far known only from a link: ones loaded earlier may be replaced without asking. */
function hashOfAuthor({ experiment, dataset: { loaded } }: AppState): string | undefined {
  const { dataset } = experiment;
  const hash = dataset.source === "files" ? dataset.hash : undefined;
  return hash === loaded?.summary.hash ? undefined : hash;
}

/**
 * What the visitor changed while files were read, in settings that these files have too.
 * @param read the settings that they were read with
 * @param before the experiment's images when they were chosen
 * @param now the experiment's images
 */
function changesMeant(read: DatasetSettings, before: DatasetSettings, now: DatasetSettings) {
  const both = now.source === "files" ? Object.keys(filesKnobs) : ["resolution", "seed"];
  const of = (settings: DatasetSettings) => settings as unknown as Record<string, unknown>;
  const asItWas = now.source === before.source ? of(before) : of(read);
  return Object.fromEntries(
    both.flatMap((key) => (of(now)[key] === asItWas[key] ? [] : [[key, of(now)[key]]])),
  );
}

export type ExperimentActions = ReturnType<typeof createExperimentActions>;
