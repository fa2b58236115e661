import { texts } from "../../texts/texts";

/** A part of the page that the keyboard can jump to. */
interface PagePart {
  readonly key: string;
  readonly selector: string;
  readonly title: () => string;
}

/** In reading order. */
export const pageParts: readonly PagePart[] = [
  { key: "a", selector: ".arms-panel", title: () => texts().arms.title },
  { key: "g", selector: ".arrival, .curves-panel", title: () => texts().curves.title },
  { key: "m", selector: ".results-panel", title: () => texts().results.title },
  { key: "l", selector: ".look-panel", title: () => texts().look.title },
  { key: "i", selector: ".inspect-panel", title: () => texts().inspect.title },
  { key: "s", selector: ".settings-column", title: () => texts().settings.title },
];

/** Moves focus to the part, so that Tab continues inside it and assistive technology announces its name. */
export function goTo({ selector }: Pick<PagePart, "selector">): void {
  const part = document.querySelector<HTMLElement>(selector);
  if (!part) return;
  part.tabIndex = -1;
  part.focus({ preventScroll: true });
  // Without smooth scrolling: a jump should be immediate, and some visitors prefer reduced motion.
  part.scrollIntoView({ block: "start", behavior: "instant" });
}
