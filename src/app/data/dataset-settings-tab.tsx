import { type DrawnSource, datasetSources } from "../../protocol/dataset";
import type { DatasetSettings, Experiment } from "../../protocol/experiment";
import { texts } from "../../texts/texts";
import { useActions, useApp, useEngine } from "../app-context";
import { Segmented } from "../controls/segmented";
import { Notice } from "../notices/notice";
import { drawnForm, filesForm } from "../settings/forms";
import { SettingField, SettingFields } from "../settings/setting-field";
import { SettingsGroup } from "../settings/settings-group";
import { DatasetFailure } from "./dataset-failure";
import { DatasetLoading } from "./dataset-loading";
import { DatasetOverview } from "./dataset-overview";
import { DownloadCatalog } from "./download-catalog";
import { FilePicker } from "./file-picker";
import { FoundSummary } from "./found-summary";
import { GatherSection } from "./gathering/gather-section";

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
  const options = datasetSources.map((value) => ({ value, label: words.sources[value] }));
  return (
    <>
      <Segmented label={words.source} value={source} options={options} onChange={choose} />
      <DatasetLoading />
      <DatasetFailure />
      <OtherImages />
      {source === "files" ? <FilesFields /> : <DrawnFields source={source} />}
      <DatasetOverview />
    </>
  );
}

/** Warns when the images differ from those of the link's author. */
function OtherImages() {
  const differs = useApp((state) => state.dataset.differs);
  if (!differs) return null;
  return <Notice tone="caution" {...texts().data.other} />;
}

function DrawnFields({ source }: { readonly source: DrawnSource }) {
  const words = texts().data.drawn[source];
  return (
    <SettingsGroup title={words.title} lead={words.lead}>
      <SettingFields paths={drawnForm} />
      <WithheldFields />
      <SettingField path={["dataset", "seed"]} />
    </SettingsGroup>
  );
}

/** The share of images whose labels are withheld, and the schemes that learn from them. */
function WithheldFields() {
  const share = useApp((state) => state.experiment.dataset.unlabelled);
  return (
    <>
      <SettingField path={["dataset", "unlabelled"]} />
      {share > 0 && <SettingField path={["dataset", "unlabelledFor"]} />}
    </>
  );
}

function FilesFields() {
  return (
    <SettingsGroup title={texts().data.files} lead={texts().data.filesLead}>
      <FilePicker />
      <FoundSummary />
      <GatherSection />
      <DownloadCatalog />
      <SettingFields paths={filesForm} />
      <WithheldFields />
      <SettingField path={["dataset", "seed"]} />
    </SettingsGroup>
  );
}
