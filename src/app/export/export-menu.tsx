import { Dialog, DropdownMenu } from "radix-ui";
import { Suspense, useEffect, useRef, useState } from "react";
import { download } from "../../charts/pictures/export";
import { embeddingCode, notebookCode } from "../../sharing/link";
import { texts } from "../../texts/texts";
import { useActions, useApp, useEngine, useReadApp } from "../app-context";
import { lazy } from "../lazy";
import type { ExportName } from "./make-file";

const ModelsDialog = lazy(() =>
  import("./models-dialog").then(({ ModelsDialog: Loaded }) => ({ default: Loaded })),
);

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

const COPIED_SHOWN_MS = 2_500;

/** Exports the experiment and its results as files. */
export function ExportMenu() {
  const read = useReadApp();
  const { openFile, link, recordedLink } = useActions();
  const engine = useEngine();
  const picker = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string>();
  const [copied, setCopied] = useState<"html" | "notebook">();
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(undefined), COPIED_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const [measures, setMeasures] = useState(false);
  const hasRuns = useApp((state) => state.run.runs.length > 0);

  async function save(name: ExportName): Promise<void> {
    try {
      const { makeFile } = await import("./make-file");
      download(await makeFile(name, read(), engine), name);
      setProblem(undefined);
    } catch (error) {
      setProblem(texts().exports.notSaved(name, error instanceof Error ? error.message : ""));
    }
  }

  async function copyEmbedding(kind: "html" | "notebook"): Promise<void> {
    const shown = hasRuns ? recordedLink() : link();
    try {
      await navigator.clipboard.writeText(
        kind === "html" ? embeddingCode(shown, document.title) : notebookCode(shown),
      );
      setProblem(undefined);
      setCopied(kind);
    } catch {
      setProblem(texts().exports.embeddingRefused);
    }
  }

  const words = texts().exports;
  return (
    <div className="export-menu">
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger className="button">{words.title}</DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu menu-wide" align="end" sideOffset={4} collisionPadding={8}>
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
            <DropdownMenu.Item onSelect={() => void copyEmbedding("html")}>
              {words.copyEmbedding}
            </DropdownMenu.Item>
            <DropdownMenu.Item onSelect={() => void copyEmbedding("notebook")}>
              {words.copyNotebook}
            </DropdownMenu.Item>
            <DropdownMenu.Item disabled={!hasRuns} onSelect={() => setMeasures(true)}>
              {words.models.title} …
            </DropdownMenu.Item>
            <DropdownMenu.Item onSelect={() => picker.current?.click()}>{words.open}</DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <Dialog.Root open={measures} onOpenChange={setMeasures}>
        <Dialog.Portal>
          <Dialog.Overlay className="dialog-overlay" />
          <Dialog.Content className="dialog models-dialog" aria-describedby={undefined}>
            <Suspense fallback={<Dialog.Title>{words.models.title}</Dialog.Title>}>
              <ModelsDialog />
            </Suspense>
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
      <input
        ref={picker}
        type="file"
        hidden
        accept=".json,application/json"
        aria-label={words.input}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) void file.text().then(openFile);
          event.currentTarget.value = "";
        }}
      />
      <p className="copy-link-note" role="status" data-shown={copied !== undefined}>
        {copied && words.embeddingCopied[copied]}
      </p>
      {problem && (
        <p className="export-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
