import { significant } from "../../charts/format";
import { FigureTable } from "../../charts/tables/FigureTable";
import type { Column } from "../../charts/tables/sorting";
import type { KernelChoice } from "../../protocol/device/diagnosis";
import { texts } from "../../texts/texts";

const timeText = ({ family, ms }: KernelChoice["times"][number]) => `${family} ${significant(ms, 2)} ms`;

/** Kernels timed on this device, and their times. */
export function KernelChoices({ choices }: { choices: readonly KernelChoice[] | undefined }) {
  if (!choices || choices.length === 0) return null;
  const { title, explanation } = texts().diagnostics.choices;
  return (
    <>
      <h3>{title}</h3>
      <p className="small muted">{explanation}</p>
      <FigureTable
        label={title}
        columns={columnsOf()}
        rows={choices}
        keyOf={({ pass, shape }) => `${pass} ${shape}`}
        fileName="kernel-choices"
        className="kernel-table text-table"
      />
    </>
  );
}

function columnsOf(): readonly Column<KernelChoice>[] {
  const words = texts().diagnostics.choices;
  const taken = (isChosen: boolean) => (choice: KernelChoice) =>
    choice.times
      .filter(({ family }) => (family === choice.chosen) === isChosen)
      .map(timeText)
      .join(", ");
  const name = ({ shape, pass }: KernelChoice) => `${shape} ${pass}`;
  return [
    { id: "convolution", label: words.convolution, value: name, text: name },
    { id: "chosen", label: words.chosen, value: taken(true), text: taken(true) },
    { id: "others", label: words.others, value: taken(false), text: taken(false) },
  ];
}
