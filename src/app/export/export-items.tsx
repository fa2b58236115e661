import { DropdownMenu } from "radix-ui";
import { download } from "../../charts/pictures/export";
import { embeddingCode, notebookCode } from "../../sharing/link";
import { texts } from "../../texts/texts";
import { useActions, useApp, useEngine, useReadApp } from "../app-context";
import type { ExportName } from "./make-file";

/** What needs no results; everything else can be exported only after training has started. */
const always: readonly ExportName[] = ["experiment.json", "pytorch.zip"];

const names: readonly ExportName[] = [
  "experiment.json",
  "recorded.json",
  "metrics.csv",
  "metrics.json",
  "summary.md",
  "curves.svg",
  "curves.png",
  "tensorboard.zip",
  "weights.zip",
  "weights-tfjs.zip",
  "weights-onnx.zip",
  "weights-tfjs-int8.zip",
  "weights-onnx-int8.zip",
  "pytorch.zip",
  "results.tex",
  "report.html",
];

interface Told {
  /** Shows why something failed, or nothing. */
  readonly problem: (text: string | undefined) => void;
  readonly copied: (kind: "html" | "notebook") => void;
  readonly measure: () => void;
  readonly open: () => void;
}

/** The items of the menu of exports; loaded when it is first opened. */
export function ExportItems({ problem, copied, measure, open }: Told) {
  const read = useReadApp();
  const { link, recordedLink } = useActions();
  const engine = useEngine();
  const hasRuns = useApp((state) => state.run.runs.length > 0);
  const words = texts().exports;

  async function save(name: ExportName): Promise<void> {
    try {
      const { makeFile } = await import("./make-file");
      download(await makeFile(name, read(), engine), name);
      problem(undefined);
    } catch (error) {
      problem(words.notSaved(name, error instanceof Error ? error.message : ""));
    }
  }

  async function copyEmbedding(kind: "html" | "notebook"): Promise<void> {
    const shown = hasRuns ? recordedLink() : link();
    try {
      await navigator.clipboard.writeText(
        kind === "html" ? embeddingCode(shown, document.title) : notebookCode(shown),
      );
      problem(undefined);
      copied(kind);
    } catch {
      problem(words.embeddingRefused);
    }
  }

  return (
    <>
      {names.map((name) => (
        <DropdownMenu.Item
          key={name}
          disabled={!always.includes(name) && !hasRuns}
          textValue={name}
          onSelect={() => void save(name)}
        >
          <strong>{name}</strong>
          <span className="muted">{words.files[name]}</span>
        </DropdownMenu.Item>
      ))}
      <DropdownMenu.Separator className="menu-line" />
      <DropdownMenu.Item onSelect={() => void copyEmbedding("html")}>{words.copyEmbedding}</DropdownMenu.Item>
      <DropdownMenu.Item onSelect={() => void copyEmbedding("notebook")}>
        {words.copyNotebook}
      </DropdownMenu.Item>
      <DropdownMenu.Item disabled={!hasRuns} onSelect={measure}>
        {words.models.title} …
      </DropdownMenu.Item>
      <DropdownMenu.Item onSelect={open}>{words.open}</DropdownMenu.Item>
    </>
  );
}
