import { useState } from "react";
import { choose, languageChoices, languageFor, rememberedChoice } from "../../texts/choice";
import { languageNames, texts } from "../../texts/texts";

export function LanguageChoice() {
  const [choice, setChoice] = useState(rememberedChoice);
  const words = texts().header;
  const bySystem = languageFor("system", navigator.languages);
  return (
    <select
      className="input language-choice"
      aria-label={words.language}
      value={choice}
      onChange={({ target }) => {
        const chosen = languageChoices.find((one) => one === target.value) ?? "system";
        setChoice(chosen);
        choose(chosen);
      }}
    >
      {languageChoices.map((one) => (
        <option key={one} value={one} {...(one !== "system" && { lang: one })}>
          {one === "system" ? words.systemLanguage(languageNames[bySystem]) : languageNames[one]}
        </option>
      ))}
    </select>
  );
}
