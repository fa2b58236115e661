import { texts } from "../../texts/texts";
import { ExportMenu } from "../export/export-menu";
import { HistoryButton } from "../history/history-button";
import { ShortcutSheet } from "../shortcuts/shortcut-sheet";
import { CopyLink } from "./copy-link";
import { LanguageChoice } from "./language-choice";
import { ThemeChoice } from "./theme-choice";

export function Header() {
  return (
    <header className="header">
      <div className="brand">
        <img src="icon.svg" alt="" width="36" height="36" />
        <div>
          <h1>Retort</h1>
          <p>{texts().page.lead}</p>
        </div>
      </div>
      <div className="header-tools">
        <LanguageChoice />
        <ThemeChoice />
        <ShortcutSheet />
        <HistoryButton />
        <ExportMenu />
        <CopyLink />
      </div>
    </header>
  );
}
