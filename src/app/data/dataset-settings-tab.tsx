import { shapesDifficulties } from "../../protocol/dataset";
import type { DatasetSettings, Experiment } from "../../protocol/experiment";
import { useActions, useApp, useEngine } from "../app-context";
import { NumberField } from "../controls/number-field";
import { Segmented } from "../controls/segmented";
import { SelectField } from "../controls/select-field";
import { fieldText } from "../field-texts";
import { Notice } from "../notices/notice";
import { SettingsGroup } from "../settings/settings-group";
import { DatasetFailure } from "./dataset-failure";
import { DatasetLoading } from "./dataset-loading";
import { DatasetOverview } from "./dataset-overview";
import { DownloadCatalogue } from "./download-catalogue";
import { FilePicker } from "./file-picker";
import { GatherSection } from "./gathering/gather-section";

const difficulties = shapesDifficulties.map((value) => ({ value, label: value }));
const sources = [
  { value: "shapes", label: "Built-in Shapes" },
  { value: "files", label: "Your images" },
] as const;

const sourceOf = ({ experiment }: { experiment: Experiment }): DatasetSettings["source"] =>
  experiment.dataset.source;

export function DatasetSettingsTab() {
  const source = useApp(sourceOf);
  const { changeSource } = useActions();
  const { cancelLoading } = useEngine();
  const choose = (chosen: DatasetSettings["source"]) => {
    cancelLoading();
    changeSource(chosen);
  };
  return (
    <>
      <Segmented label="Images" value={source} options={sources} onChange={choose} />
      <DatasetLoading />
      <DatasetFailure />
      <OtherImages />
      {source === "shapes" ? <ShapesFields /> : <FilesFields />}
      <DatasetOverview />
    </>
  );
}

/** A link says which images its author had. */
function OtherImages() {
  const differs = useApp((state) => state.dataset.differs);
  if (!differs) return null;
  return (
    <Notice
      tone="caution"
      title="These are other images than the link's"
      cause="Their content differs from what the experiment's author trained on, or they were divided in another way."
      action="You can train on them, but the results will be others. Drop the author's files to reproduce theirs."
    />
  );
}

function ShapesFields() {
  return (
    <SettingsGroup
      title="Shapes"
      lead="Ten classes of shapes whose place, size, colour and texture say nothing about the class. Drawn here, the same on every machine."
    >
      <SelectField path={["dataset", "difficulty"]} text={fieldText("difficulty")} options={difficulties} />
      <NumberField path={["dataset", "resolution"]} text={fieldText("resolution")} />
      <NumberField path={["dataset", "train"]} text={fieldText("train")} />
      <NumberField path={["dataset", "test"]} text={fieldText("test")} />
      <NumberField path={["dataset", "labelNoise"]} text={fieldText("labelNoise")} />
      <NumberField path={["dataset", "seed"]} text={fieldText("datasetSeed")} />
    </SettingsGroup>
  );
}

function FilesFields() {
  return (
    <SettingsGroup
      title="Your images"
      lead="Folders of classes, or files of images and labels, packed or not. They never leave this machine; a link carries only their fingerprint."
    >
      <FilePicker />
      <GatherSection />
      <DownloadCatalogue />
      <NumberField path={["dataset", "resolution"]} text={fieldText("resolution")} />
      <NumberField path={["dataset", "perClass"]} text={fieldText("perClass")} />
      <NumberField path={["dataset", "validation"]} text={fieldText("validationShare")} />
      <NumberField path={["dataset", "test"]} text={fieldText("testShare")} />
      <NumberField path={["dataset", "labelNoise"]} text={fieldText("labelNoise")} />
      <NumberField path={["dataset", "seed"]} text={fieldText("datasetSeed")} />
    </SettingsGroup>
  );
}
