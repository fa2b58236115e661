import { FigureTable } from "../../charts/tables/FigureTable";
import type { PaperFigures } from "../../protocol/studies/studies";
import { texts } from "../../texts/texts";

/** A paper's own figures, as printed. */
export function FiguresOfPaper({
  figures: { setting, columns, rows, caveats },
  study,
}: {
  figures: PaperFigures;
  /** Used in file names. */
  study: string;
}) {
  const caption = texts().arms.study.figures(setting);
  return (
    <>
      <p className="muted">{caption}</p>
      <FigureTable
        label={caption}
        columns={columns.map((label, at) => {
          const text = (row: readonly string[]) => row[at] ?? "";
          return { id: label, label, value: text, text };
        })}
        rows={rows}
        keyOf={(row) => row.join()}
        fileName={`paper-${study}`}
      />
      {caveats.map((caveat) => (
        <p key={caveat} className="muted">
          {caveat}
        </p>
      ))}
    </>
  );
}
