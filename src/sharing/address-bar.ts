import type { Experiment } from "../protocol/experiment";
import type { Recording } from "../protocol/recording";
import { addressForOthers, addressOf, experimentLink, type OpenedLink, openLink, recordedLink } from "./link";
import { mendedAddress } from "./mended-address";

/** What the address bar asks for. A link that was changed on its way is put right, if that can be done without doubt. */
export function readAddressBar(): OpenedLink {
  const { href } = window.location;
  const mended = mendedAddress(href);
  if (mended !== href) window.history.replaceState(window.history.state, "", mended);
  return openLink(window.location.hash);
}

/** A reload or a bookmark keeps the experiment, and the curves that came with a link. Adds nothing to the history. */
export function writeAddressBar(
  experiment: Experiment,
  recorded?: { readonly experiment: Experiment; readonly recording: Recording },
): void {
  const address = addressOf(experiment, window.location.href, recorded);
  if (address !== window.location.href) window.history.replaceState(window.history.state, "", address);
}

/** Whenever a visitor pastes another link into the address bar. Returns the function that ends it. */
export function watchAddressBar(onLink: (link: OpenedLink) => void): () => void {
  const listener = () => onLink(readAddressBar());
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

/** A link for others to this page, with the curves if there are any. */
export function linkForOthers(experiment: Experiment, recording?: Recording): string {
  const address = addressForOthers(window.location.href);
  return recording ? recordedLink(experiment, recording, address) : experimentLink(experiment, address);
}
