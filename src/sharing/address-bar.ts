import type { Experiment } from "../protocol/experiment";
import type { Recording } from "../protocol/recording";
import { addressOf, experimentLink, type OpenedLink, openLink, recordedLink } from "./link";

/** What the address bar asks for. */
export const readAddressBar = (): OpenedLink => openLink(window.location.hash);

/** A reload or a bookmark keeps the experiment. Adds nothing to the history. */
export function writeAddressBar(experiment: Experiment): void {
  const address = addressOf(experiment, window.location.href);
  if (address !== window.location.href) window.history.replaceState(window.history.state, "", address);
}

/** Whenever a visitor pastes another link into the address bar. Returns the function that ends it. */
export function watchAddressBar(onLink: (link: OpenedLink) => void): () => void {
  const listener = () => onLink(readAddressBar());
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

/** @throws where the browser does not let the page write to the clipboard */
export async function copyLink(experiment: Experiment, recording?: Recording): Promise<void> {
  const { href } = window.location;
  const link = recording ? recordedLink(experiment, recording, href) : experimentLink(experiment, href);
  await navigator.clipboard.writeText(link);
}
