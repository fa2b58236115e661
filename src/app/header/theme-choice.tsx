import { useEffect } from "react";
import { type Theme, themes } from "../../store/view-settings";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";
import { Segmented } from "../controls/segmented";

const KEY = "retort.theme";

/** Also undefined where the browser blocks storage. */
function rememberedTheme(): Theme | undefined {
  try {
    const kept = localStorage.getItem(KEY);
    return themes.find((theme) => theme === kept);
  } catch {
    return undefined;
  }
}

function rememberTheme(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // It applies to this visit only.
  }
}

export function ThemeChoice() {
  const theme = useApp((state) => state.view.theme);
  const { setView } = useActions();
  useEffect(() => {
    const kept = rememberedTheme();
    if (kept) setView({ theme: kept });
  }, [setView]);
  useEffect(() => {
    if (theme === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  const choose = (chosen: Theme) => {
    rememberTheme(chosen);
    setView({ theme: chosen });
  };
  const words = texts().header;
  const options = themes.map((value) => ({ value, ...words.themes[value] }));
  return <Segmented label={words.colors} value={theme} options={options} onChange={choose} />;
}
