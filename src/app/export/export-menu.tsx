import { Dialog, DropdownMenu } from "radix-ui";
import { type ComponentProps, type ComponentType, Suspense, useEffect, useRef, useState } from "react";
import { texts } from "../../texts/texts";
import { useActions } from "../app-context";
import { lazy } from "../lazy";

type ExportItems = typeof import("./export-items").ExportItems;
const loadItems = () => import("./export-items");
const ModelsDialog = lazy(() =>
  import("./models-dialog").then(({ ModelsDialog: Loaded }) => ({ default: Loaded })),
);

const COPIED_SHOWN_MS = 2_500;

/** Exports the experiment and its results as files. */
export function ExportMenu() {
  const { openFile } = useActions();
  const picker = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string>();
  const [copied, setCopied] = useState<"html" | "notebook">();
  const [measures, setMeasures] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const [Items, setItems] = useState<ComponentType<ComponentProps<ExportItems>>>();
  /** Opens once the items are there: the menu gives the focus to one of them, or to itself if it has some. */
  const change = (wanted: boolean) => {
    if (!wanted || Items) return setOpen(wanted);
    loadItems().then(
      ({ ExportItems: loaded }) => {
        setItems(() => loaded);
        setOpen(true);
      },
      // Files that the server no longer has are reported by a notice.
      () => setOpen(false),
    );
  };
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(undefined), COPIED_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const words = texts().exports;
  return (
    <div className="export-menu">
      <DropdownMenu.Root modal={false} open={isOpen} onOpenChange={change}>
        <DropdownMenu.Trigger className="button">{words.title}</DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          {/* It scrolls where the window is low, also by keyboard. */}
          <DropdownMenu.Content
            className="menu menu-wide"
            align="end"
            sideOffset={4}
            collisionPadding={8}
            tabIndex={0}
          >
            {Items && (
              <Items
                problem={setProblem}
                copied={setCopied}
                measure={() => setMeasures(true)}
                open={() => picker.current?.click()}
              />
            )}
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
