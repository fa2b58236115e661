import { isArriving, phaseOf } from "../store/app-store";
import { type PagePart, pageParts } from "../store/view-settings";
import { texts } from "../texts/texts";
import { useActions, useApp } from "./app-context";

/** On a phone: the part of the page that is shown. Wider screens show all of them. */
export function PartTabs() {
  const shown = useApp((state) => state.view.pagePart[phaseOf(state)]);
  const arriving = useApp(isArriving);
  const { showPart } = useActions();
  const words = texts().page;
  function turnTo(part: PagePart): void {
    showPart(part);
    const start = document.querySelector(".columns");
    // Further down, the new part would begin above the screen.
    if (start && start.getBoundingClientRect().top < 0) start.scrollIntoView({ behavior: "instant" });
  }
  return (
    <nav className="part-tabs" aria-label={words.parts}>
      {pageParts.map((part) => (
        <button
          key={part}
          type="button"
          aria-pressed={part === shown}
          // Nothing has been measured here yet.
          disabled={arriving && part === "results"}
          onClick={() => turnTo(part)}
        >
          {words.partNames[part]}
        </button>
      ))}
    </nav>
  );
}
