import { formatDuration, formatPercent, significant } from "../../charts/format";
import { FigureTable } from "../../charts/tables/FigureTable";
import type { Column } from "../../charts/tables/sorting";
import type { NetworkAnswer, Tried } from "../../protocol/tried";
import { fixedDigits, integer } from "../../texts/numbers";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { PixelImage } from "../controls/pixel-image";
import { useImages } from "../controls/use-images";

/** Classes of an answer that are shown at once. */
const SHOWN = 3;

interface AnswersProps {
  readonly tried: Tried;
  readonly nameOf: (label: number) => string;
}

/** What each network says to the image, with what that takes. */
export function Answers({ tried, nameOf }: AnswersProps) {
  const words = texts().tryout;
  const { seen, label, answers } = tried;
  return (
    <div className="try-answers">
      <figure className="try-seen">
        <PixelImage rgba={seen.rgba} size={seen.size} label={words.seen} />
        <figcaption className="small muted">
          {label !== undefined && <strong>{words.ofClass(nameOf(label))}</strong>}
          <span>{words.seenLead(integer(seen.size))}</span>
          <span>{words.at(texts().ledger.stages[tried.stage], integer(tried.step))}</span>
        </figcaption>
      </figure>
      <ul className="try-networks" aria-label={words.answers}>
        {answers.map((answer) => (
          <li key={answer.role}>
            <Answer answer={answer} nameOf={nameOf} />
          </li>
        ))}
      </ul>
      <details className="disclosure try-all">
        <summary>{words.all}</summary>
        <AllClasses tried={tried} nameOf={nameOf} />
      </details>
    </div>
  );
}

const kilobytes = (bytes: number) => texts().tryout.kilobytes(significant(bytes / 1_000, 3));

function Answer({ answer, nameOf }: { answer: NetworkAnswer; nameOf: AnswersProps["nameOf"] }) {
  const words = texts().tryout;
  const { role, by, shares, imageMs, bytes } = answer;
  // Where labels are withheld, the training part is another one than the dataset's.
  const isWhole = useApp(({ run }) => run.experiment?.dataset.unlabelled === 0);
  const best = shares
    .map((share, label) => ({ share, label }))
    .sort((a, b) => b.share - a.share)
    .slice(0, SHOWN);
  return (
    <>
      <h3>{words.roles[role]}</h3>
      <p className="small muted" title={words.costHelp}>
        {words.cost(formatDuration(imageMs), kilobytes(bytes))}
      </p>
      <ol className="try-shares">
        {best.map(({ share, label }) => (
          <li key={label}>
            <span className="try-bar" style={{ "--share": share }} aria-hidden="true" />
            <span className="try-class">{nameOf(label)}</span>
            <span>{formatPercent(share, 0)}</span>
          </li>
        ))}
      </ol>
      <p className="small muted">{words.by[by]}</p>
      {isWhole && answer.neighbors && <Neighbors neighbors={answer.neighbors} nameOf={nameOf} />}
    </>
  );
}

function Neighbors({
  neighbors,
  nameOf,
}: {
  neighbors: NonNullable<NetworkAnswer["neighbors"]>;
  nameOf: AnswersProps["nameOf"];
}) {
  const words = texts().tryout;
  const images = useImages(
    "train",
    neighbors.map(({ index }) => index),
  );
  return (
    <p className="try-neighbors">
      {neighbors.map(({ index, cosine }) => {
        const image = images.find((one) => one.index === index);
        if (!image) return null;
        const label = words.neighbor(nameOf(image.label), fixedDigits(cosine, 2));
        return (
          <span key={index} title={label}>
            <PixelImage rgba={image.rgba} size={image.size} label={label} />
          </span>
        );
      })}
    </p>
  );
}

interface ClassRow {
  readonly label: number;
  readonly shares: readonly number[];
}

/** The full answers: every class, by network. */
function AllClasses({ tried: { answers }, nameOf }: AnswersProps) {
  const words = texts().tryout;
  const rows = (answers[0]?.shares ?? []).map((_, label): ClassRow => {
    return { label, shares: answers.map(({ shares }) => shares[label] ?? Number.NaN) };
  });
  const columns: readonly Column<ClassRow>[] = [
    {
      id: "class",
      label: words.class,
      value: ({ label }) => nameOf(label),
      text: ({ label }) => nameOf(label),
    },
    ...answers.map(({ role }, at) => ({
      id: role,
      label: words.roles[role],
      value: ({ shares }: ClassRow) => shares[at],
      text: ({ shares }: ClassRow) => formatPercent(shares[at] ?? Number.NaN, 1),
      share: ({ shares }: ClassRow) => shares[at],
    })),
  ];
  return (
    <FigureTable
      label={words.answers}
      columns={columns}
      rows={rows}
      keyOf={({ label }) => String(label)}
      fileName="answers"
      className="heat-table"
    />
  );
}
