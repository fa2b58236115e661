import { useEffect } from "react";
import type { Theme } from "../../store/view-settings";
import { useActions, useApp } from "../app-context";
import { Segmented } from "../controls/segmented";

const options: readonly { readonly value: Theme; readonly label: string; readonly title: string }[] = [
  { value: "system", label: "Auto", title: "As the system is set" },
  { value: "light", label: "Light", title: "Dark on light" },
  { value: "dark", label: "Dark", title: "Light on dark" },
];

export function ThemeChoice() {
  const theme = useApp((state) => state.view.theme);
  const { setView } = useActions();
  useEffect(() => {
    if (theme === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  return (
    <Segmented
      label="Colours"
      value={theme}
      options={options}
      onChange={(chosen) => setView({ theme: chosen })}
    />
  );
}
