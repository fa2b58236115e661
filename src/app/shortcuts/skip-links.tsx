import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";
import { goTo, pageParts } from "./parts";

const offered = pageParts.filter(({ key }) => ["g", "m", "s"].includes(key));

/**
 * Visible once Tab reaches them, before everything else. Buttons rather than links, because the address holds the
 * experiment.
 */
export function SkipLinks() {
  const actions = useActions();
  const hasResults = useApp(({ run, recorded }) => run.runs.length > 0 || recorded !== undefined);
  const words = texts().shortcuts;
  return (
    <nav className="skip-links" aria-label={words.skip}>
      {(hasResults ? offered : offered.filter(({ part }) => part !== "results")).map((part) => (
        <button key={part.key} type="button" className="button" onClick={() => goTo(part, actions)}>
          {words.goTo(part.title())}
        </button>
      ))}
    </nav>
  );
}
