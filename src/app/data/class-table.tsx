import { FigureTable } from "../../charts/tables/FigureTable";
import type { Column } from "../../charts/tables/sorting";
import { type DatasetPart, type DatasetSummary, datasetParts } from "../../protocol/dataset";
import { integer } from "../../texts/numbers";
import { texts } from "../../texts/texts";

interface ClassRow {
  readonly name: string;
  readonly counts: Readonly<Record<DatasetPart, number>>;
}

/** Number of images per class and part; loaded on demand. */
export function ClassTable({ summary: { classNames, counts } }: { summary: DatasetSummary }) {
  const words = texts().data;
  const rows = classNames.map((name, label): ClassRow => {
    const of = (part: DatasetPart) => counts[part][label] ?? 0;
    return { name, counts: { train: of("train"), validation: of("validation"), test: of("test") } };
  });
  const columns: readonly Column<ClassRow>[] = [
    { id: "class", label: words.className, value: ({ name }) => name, text: ({ name }) => name },
    ...datasetParts.map((part): Column<ClassRow> => {
      const most = Math.max(1, ...rows.map((row) => row.counts[part]));
      const text = (row: ClassRow) => integer(row.counts[part]);
      return {
        id: part,
        label: words.parts[part],
        value: (row) => row.counts[part],
        text,
        cell: (row) => (
          <>
            <span className="share-bar" style={{ width: `${(2.5 * row.counts[part]) / most}rem` }} />{" "}
            {text(row)}
          </>
        ),
      };
    }),
  ];
  return (
    <FigureTable
      label={words.perClass}
      columns={columns}
      rows={rows}
      keyOf={({ name }) => name}
      fileName="classes"
    />
  );
}
