import { useMemo, useRef } from "react";
import { ExportButtons } from "../../charts/ExportButtons";
import { matrixCsv, matrixSvg } from "../../charts/matrix-picture";
import { TableScroll } from "../../charts/TableScroll";
import { texts } from "../../texts/texts";
import { confusion, type Encoder } from "./encoders";

export interface Cell {
  readonly reference: number;
  readonly student: number;
}

/** How often the student answers a class where the reference answers another; each cell opens its images. */
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
  const most = Math.max(1, ...cells.flat().map(({ length }) => length));
  const figure = useRef<HTMLDivElement>(null);
  const caption = words.matrixCaption(words.references[reference.id]);
  const title = words.matrixAgainst(words.references[reference.id]);
  const asMatrix = () => ({
    title,
    corner: words.matrixSides(words.references[reference.id]),
    rows: classNames,
    columns: classNames,
    cells: cells.map((row, given) =>
      row.map(({ length }, answered) => ({
        text: length === 0 ? "" : String(length),
        value: length,
        color: given === answered ? "var(--accent)" : "var(--caution)",
        share: length / most,
      })),
    ),
  });
  return (
    <div ref={figure}>
      <div className="matrix-head">
        <span className="small muted">{caption}</span>
        <ExportButtons
          title={title}
          svg={() => matrixSvg(asMatrix(), figure.current ?? document.body)}
          csv={() => matrixCsv(asMatrix())}
        />
      </div>
      <TableScroll label={words.matrix}>
        <table className="confusion">
          <caption className="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              <td />
              {classNames.map((name) => (
                <th key={name} scope="col" title={name}>
                  <span>{name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cells.map((row, given) => (
              <tr key={classNames[given]}>
                <th scope="row">{classNames[given]}</th>
                {row.map((places, answered) => (
                  <td key={classNames[answered]}>
                    <button
                      type="button"
                      disabled={places.length === 0}
                      aria-pressed={chosen?.reference === given && chosen.student === answered}
                      aria-label={words.cell(
                        words.references[reference.id],
                        classNames[given] ?? "",
                        classNames[answered] ?? "",
                        places.length,
                      )}
                      data-same={given === answered}
                      style={{ "--share": places.length / most }}
                      onClick={() => onChoose({ reference: given, student: answered })}
                    >
                      {places.length || ""}
                    </button>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </div>
  );
}
