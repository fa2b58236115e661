import { flushSync } from "react-dom";
import type { ExperimentActions } from "../../store/experiment/experiment-actions";
import type { PagePart } from "../../store/view-settings";
import { texts } from "../../texts/texts";

/** A part of the page that the keyboard can jump to. */
interface PartOfPage {
  readonly key: string;
  readonly selector: string;
  /** What a phone has to show for it to be in view. */
  readonly part: PagePart;
  readonly title: () => string;
}

/** In reading order. */
export const pageParts: readonly PartOfPage[] = [
  { key: "a", selector: ".arms-panel", part: "compare", title: () => texts().arms.title },
  { key: "g", selector: ".arrival, .curves-panel", part: "curves", title: () => texts().curves.title },
  { key: "m", selector: ".results-panel", part: "results", title: () => texts().results.title },
  { key: "l", selector: ".look-panel", part: "results", title: () => texts().look.title },
  { key: "i", selector: ".inspect-panel", part: "results", title: () => texts().inspect.title },
  { key: "s", selector: ".settings-column", part: "settings", title: () => texts().settings.title },
];

/** Moves focus to the part, so that Tab continues inside it and assistive technology announces its name. */
export function goTo(
  { selector, part: shown }: PartOfPage,
  { showPart }: Pick<ExperimentActions, "showPart">,
): void {
  // A part that is not shown cannot have the focus.
  flushSync(() => showPart(shown));
  const part = document.querySelector<HTMLElement>(selector);
  if (!part) return;
  part.tabIndex = -1;
  part.focus({ preventScroll: true });
  // Without smooth scrolling: a jump should be immediate, and some visitors prefer reduced motion.
  part.scrollIntoView({ block: "start", behavior: "instant" });
}
