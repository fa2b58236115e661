import { Dialog } from "radix-ui";
import { useEffect, useState } from "react";
import { texts } from "../../texts/texts";
import { useActions, useApp, useEngine, useReadApp } from "../app-context";
import { sheetLines, shortcutOf } from "./shortcuts";

/** Listens for single keys, and lists them. They can be switched off, for visitors who use voice control. */
export function ShortcutSheet() {
  const [open, setOpen] = useState(false);
  const enabled = useApp((state) => state.view.shortcuts);
  const read = useReadApp();
  const engine = useEngine();
  const actions = useActions();

  useEffect(() => {
    if (!enabled) return;
    const listen = (event: KeyboardEvent) => {
      const shortcut = shortcutOf(event);
      if (!shortcut) return;
      event.preventDefault();
      shortcut.act({ state: read(), engine, actions, openSheet: () => setOpen(true) });
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [enabled, read, engine, actions]);

  const words = texts().shortcuts;
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger className="button shortcuts-button" aria-label={words.title} title={words.title}>
        <span aria-hidden="true">?</span>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-overlay" />
        <Dialog.Content className="dialog" aria-describedby={undefined}>
          <Dialog.Title>{words.title}</Dialog.Title>
          <dl className="shortcut-list">
            {sheetLines().map(({ keys, does }) => (
              <div key={keys}>
                <dt>
                  <kbd>{keys}</kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
          <label className="row">
            <input
              type="checkbox"
              checked={enabled}
              onChange={(event) => actions.setView({ shortcuts: event.target.checked })}
            />
            {words.enabled}
          </label>
          <div className="row">
            <Dialog.Close className="button">{texts().page.close}</Dialog.Close>
            <Dialog.Close className="button" onClick={() => actions.setView({ touring: true })}>
              {texts().tour.again}
            </Dialog.Close>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
