import { texts } from "../../texts/texts";
import { useActions } from "../app-context";
import { goTo, pageParts } from "./parts";

const offered = pageParts.filter(({ key }) => ["g", "m", "s"].includes(key));

/**
 * Visible once Tab reaches them, before everything else. Buttons rather than links, because the address holds the
 * experiment.
 */
export function SkipLinks() {
  const actions = useActions();
  const words = texts().shortcuts;
  return (
    <nav className="skip-links" aria-label={words.skip}>
      {offered.map((part) => (
        <button key={part.key} type="button" className="button" onClick={() => goTo(part, actions)}>
          {words.goTo(part.title())}
        </button>
      ))}
    </nav>
  );
}
