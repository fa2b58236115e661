import { useMemo, useRef } from "react";
import { ExportButtons } from "../../charts/pictures/ExportButtons";
import { matrixCsv, matrixSvg } from "../../charts/pictures/matrix-picture";
import { TableScroll } from "../../charts/tables/TableScroll";
import { texts } from "../../texts/texts";
import { confusion, type Encoder, mostConfused } from "./encoders";

/** A matrix with more classes than this is unreadable. */
const MOST_CLASSES = 20;

export interface Cell {
  readonly reference: number;
  readonly student: number;
}

/** The confusion matrix of the student's predictions against a reference; each cell shows its images. */
export function ConfusionTable({
  reference,
  student,
  classNames,
  chosen,
  onChoose,
}: {
  reference: Encoder;
  student: readonly number[];
  classNames: readonly string[];
  chosen: Cell | undefined;
  onChoose: (cell: Cell) => void;
}) {
  const cells = useMemo(
    () => confusion(reference.predictions, student, classNames.length),
    [reference, student, classNames.length],
  );
  const words = texts().inspect;
  const shown = useMemo(() => mostConfused(cells, MOST_CLASSES), [cells]);
  const placesIn = (given: number, answered: number) => cells[given]?.[answered] ?? [];
  const most = Math.max(1, ...cells.flat().map(({ length }) => length));
  const figure = useRef<HTMLDivElement>(null);
  const caption = words.matrixCaption(words.references[reference.id]);
  const title = words.matrixAgainst(words.references[reference.id]);
  const asMatrix = (classes: readonly number[]) => ({
    title,
    corner: words.matrixSides(words.references[reference.id]),
    rows: classes.map((label) => classNames[label] ?? ""),
    columns: classes.map((label) => classNames[label] ?? ""),
    cells: classes.map((given) =>
      classes.map((answered) => {
        const { length } = placesIn(given, answered);
        return {
          text: length === 0 ? "" : String(length),
          value: length,
          color: given === answered ? "var(--accent)" : "var(--caution)",
          share: length / most,
        };
      }),
    ),
  });
  return (
    <div ref={figure}>
      <div className="matrix-head">
        <span className="small muted">{caption}</span>
        <ExportButtons
          title={title}
          svg={() => matrixSvg(asMatrix(shown), figure.current ?? document.body)}
          csv={() => matrixCsv(asMatrix([...cells.keys()]))}
        />
      </div>
      <TableScroll label={words.matrix}>
        <table className="confusion">
          <caption className="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              <td />
              {shown.map((label) => (
                <th key={label} scope="col" title={classNames[label]}>
                  <span>{classNames[label]}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((given) => (
              <tr key={given}>
                <th scope="row">{classNames[given]}</th>
                {shown.map((answered) => {
                  const { length } = placesIn(given, answered);
                  return (
                    <td key={answered}>
                      <button
                        type="button"
                        disabled={length === 0}
                        aria-pressed={chosen?.reference === given && chosen.student === answered}
                        aria-label={words.cell(
                          words.references[reference.id],
                          classNames[given] ?? "",
                          classNames[answered] ?? "",
                          length,
                        )}
                        data-same={given === answered}
                        style={{ "--share": length / most }}
                        onClick={() => onChoose({ reference: given, student: answered })}
                      >
                        {length || ""}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      {shown.length < classNames.length && (
        <p className="small muted">{words.fewOfClasses(shown.length, classNames.length)}</p>
      )}
    </div>
  );
}
