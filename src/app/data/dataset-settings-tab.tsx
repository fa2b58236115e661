import { shapesDifficulties, unlabelledUses } from "../../protocol/dataset";
import type { DatasetSettings, Experiment } from "../../protocol/experiment";
import { texts } from "../../texts/texts";
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
import { FoundSummary } from "./found-summary";
import { GatherSection } from "./gathering/gather-section";

const sources = ["shapes", "files"] as const;

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
  const words = texts().data;
  const options = sources.map((value) => ({ value, label: words.sources[value] }));
  return (
    <>
      <Segmented label={words.source} value={source} options={options} onChange={choose} />
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
  return <Notice tone="caution" {...texts().data.other} />;
}

function ShapesFields() {
  const words = texts().data;
  const difficulties = shapesDifficulties.map((value) => ({ value, label: words.difficulties[value] }));
  return (
    <SettingsGroup title={words.shapes} lead={words.shapesLead}>
      <SelectField path={["dataset", "difficulty"]} text={fieldText("difficulty")} options={difficulties} />
      <NumberField path={["dataset", "resolution"]} text={fieldText("resolution")} />
      <NumberField path={["dataset", "train"]} text={fieldText("train")} />
      <NumberField path={["dataset", "test"]} text={fieldText("test")} />
      <NumberField path={["dataset", "labelNoise"]} text={fieldText("labelNoise")} />
      <WithheldFields />
      <NumberField path={["dataset", "seed"]} text={fieldText("datasetSeed")} />
    </SettingsGroup>
  );
}

/** Of images whose labels nobody sees: how many, and who learns from them. */
function WithheldFields() {
  const share = useApp((state) => state.experiment.dataset.unlabelled);
  const words = texts().data.unlabelledUses;
  return (
    <>
      <NumberField path={["dataset", "unlabelled"]} text={fieldText("unlabelled")} />
      {share > 0 && (
        <SelectField
          path={["dataset", "unlabelledFor"]}
          text={fieldText("unlabelledFor")}
          options={unlabelledUses.map((value) => ({ value, label: words[value] }))}
        />
      )}
    </>
  );
}

function FilesFields() {
  return (
    <SettingsGroup title={texts().data.files} lead={texts().data.filesLead}>
      <FilePicker />
      <FoundSummary />
      <GatherSection />
      <DownloadCatalogue />
      <NumberField path={["dataset", "resolution"]} text={fieldText("resolution")} />
      <NumberField path={["dataset", "perClass"]} text={fieldText("perClass")} />
      <NumberField path={["dataset", "validation"]} text={fieldText("validationShare")} />
      <NumberField path={["dataset", "test"]} text={fieldText("testShare")} />
      <NumberField path={["dataset", "labelNoise"]} text={fieldText("labelNoise")} />
      <WithheldFields />
      <NumberField path={["dataset", "seed"]} text={fieldText("datasetSeed")} />
    </SettingsGroup>
  );
}
