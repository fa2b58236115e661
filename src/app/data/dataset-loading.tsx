import { ProgressBar } from "../../charts/ProgressBar";
import { texts } from "../../texts/texts";
import { useApp, useEngine } from "../app-context";
import { datasetSentence } from "../run/status-sentence";

export function DatasetLoading() {
  const loading = useApp((state) => state.dataset.loading);
  const isListing = useApp((state) => state.dataset.listing);
  const { cancelLoading } = useEngine();
  if (isListing) return <p>{datasetSentence({ phase: "listing", done: 0, total: 0 })}</p>;
  if (!loading) return null;
  const { progress } = loading;
  return (
    <div className="stack dataset-loading">
      <p>{datasetSentence(progress)}</p>
      <ProgressBar
        label={texts().data.prepared}
        {...(progress && progress.total > 0 && { value: progress.done / progress.total })}
      />
      <div className="row">
        <button type="button" className="button button-small" onClick={cancelLoading}>
          {texts().page.cancel}
        </button>
      </div>
    </div>
  );
}
