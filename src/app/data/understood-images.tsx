import { ProgressBar } from "../../charts/ProgressBar";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { PixelImage } from "../controls/pixel-image";
import { datasetSentence } from "../run/status-sentence";
import { countSentences } from "./found-sentences";

const SHOWN = 8;

/** In short, what was understood of the visitor's images: classes, parts and samples. The settings have the details. */
export function UnderstoodImages() {
  const { loading, listing, failure, loaded, gallery } = useApp((state) => state.dataset);
  if (listing || loading) {
    const progress =
      loading?.progress ?? (listing ? ({ phase: "listing", done: 0, total: 0 } as const) : undefined);
    return (
      <>
        <p>{datasetSentence(progress)}</p>
        <ProgressBar
          label={texts().data.prepared}
          {...(progress && progress.total > 0 && { value: progress.done / progress.total })}
        />
      </>
    );
  }
  if (failure) return <p className="field-problem">{texts().failures.explain(failure).title}</p>;
  if (loaded?.settings.source !== "files") return <p>{texts().data.entry.notYet}</p>;
  const { summary } = loaded;
  const [classes, parts] = countSentences(summary);
  const firsts = gallery.filter(({ label }, at) => gallery.findIndex((one) => one.label === label) === at);
  return (
    <>
      <p>
        <strong>{summary.name}</strong>: {classes}
      </p>
      <p>{parts}</p>
      <ul className="images-entry-samples">
        {firsts.slice(0, SHOWN).map(({ label, part, index, size, rgba }) => (
          <li key={`${part} ${index}`} title={summary.classNames[label]}>
            <PixelImage rgba={rgba} size={size} />
          </li>
        ))}
      </ul>
    </>
  );
}
