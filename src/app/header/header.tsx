import { ExportMenu } from "../export/export-menu";
import { ShortcutSheet } from "../shortcuts/shortcut-sheet";
import { CopyLink } from "./copy-link";
import { ThemeChoice } from "./theme-choice";

export function Header() {
  return (
    <header className="header">
      <div className="brand">
        <img src="icon.svg" alt="" width="36" height="36" />
        <div>
          <h1>Retort</h1>
          <p>Train teachers and students on your own GPU and watch knowledge distillation happen</p>
        </div>
      </div>
      <div className="header-tools">
        <ThemeChoice />
        <ShortcutSheet />
        <ExportMenu />
        <CopyLink />
      </div>
    </header>
  );
}
